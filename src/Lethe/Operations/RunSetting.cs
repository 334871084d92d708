using System.Globalization;
using Lethe.Reports;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Operations;

/// <summary>A run's data, recipe and machine in words.</summary>
internal static class RunSetting
{
    public static IReadOnlyList<Fact> Of(Run run)
    {
        var recipe = run.Recipe;
        string shape = string.Join('×', run.Dataset.SampleShape);
        List<Fact> facts =
        [
            new("data", string.Create(CultureInfo.InvariantCulture, $"{run.Source}: {run.Dataset.Count:#,0} records of shape {shape}, {run.Dataset.ClassNames.Count} classes")),
            new("test data", run.TestSource ?? "none"),
            new("model", recipe.ModelOptions.Count == 0 ? recipe.Model : $"{recipe.Model} ({string.Join(", ", recipe.ModelOptions.Select(option => $"{option.Key}={option.Value}"))})"),
            .. InitialWeights(recipe),
            new("training", RecipeDefaults.Describe(recipe)),
            new("seed", recipe.Seed.ToString(CultureInfo.InvariantCulture)),
            new("machine", $"{recipe.Device}, {Wording.Count(recipe.Threads, "thread", "threads")}, {run.Profile.Precision}, {run.Profile.CpuCapability}, libtorch {run.Profile.LibtorchVersion}"),
        ];
        if (recipe.Scheme == TrainingScheme.Imported)
        {
            facts.Insert(facts.Count - 2, new Fact("methods train with", $"{RecipeDefaults.DescribeSteps(recipe)}, unless their options say otherwise"));
            facts.Insert(facts.Count - 2, new Fact("input", InputForm.Describe(run.Normalization, image: run.Dataset.SampleShape.Count == 3)));
        }

        if (run.PlantedCanaries is { } canaries)
            facts.Insert(2, new Fact("canaries", $"secret triggers of {(canaries.People is { } people ? Wording.Count(people, "person", "people") : "some people")}; sealed registry: {Path.GetFileName(canaries.Registry)} in the run"));
        facts.AddRange(BlockSize.Notes(run).Select(note => new Fact("note", note)));
        return facts;
    }

    private static Fact[] InitialWeights(Recipe recipe) => recipe.InitialWeights is not { } initial
        ? []
        : [new("initial weights", $"trained elsewhere, digest {initial.Digest.Short}{(initial.Except.Count == 0 ? "" : $", without {string.Join(", ", initial.Except)}")}; what they learnt there is not forgotten here")];

    public static long BytesOnDisk(string directory) =>
        new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
