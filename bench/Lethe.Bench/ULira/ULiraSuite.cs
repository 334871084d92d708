using Lethe.Bench.Aru;
using Lethe.Bench.Results;
using Lethe.Training.Datasets;

namespace Lethe.Bench.ULira;

/// <summary>U-LiRA with 32 + 32 shadow models for every method, beside RMIA and the population attack.</summary>
internal sealed class ULiraSuite : IBenchSuite
{
    public string Name => "u-lira";

    public string Description =>
        "Per-record attacks with 64 shadow models a scheme on 60 overfitted MNIST writers: original, gold, FineTune, ARU, DeepObliviate, SISA; about half an hour on one core. A stopped suite goes on.";

    public SuiteSeeds Seeds => SuiteSeeds.One;

    public Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var folder = DataFolder.Of("mnist");
        using var digits = DataSource.Parse($"mnist:{folder}").Load(new DataOptions { WritersFile = Path.Combine(folder, "qmnist-train-labels-idx2-int.gz") });
        var file = new ResultsFile(Name, context);
        foreach (var scheme in ULiraScheme.All(context.Seed, context.Threads))
        {
            using var scenario = AruScenario.Writers(digits, scheme.Recipe, noisy: true, development: false);
            int[] targets = [.. scenario.Forgotten.Select(record => record.Value)];
            using var models = new ULiraModels(context, scheme, scenario.Data, scenario.Unseen, targets);
            models.Train(context.Log, cancellationToken);
            context.Log($"{scheme.Name}: attacks");
            new ULiraMeasurement(new ULiraRows(file, scenario.Dataset, scheme), models, scenario, targets).Measure(scheme);
            file.Write(Render(file));
        }
        context.Log($"What the models say stays in {ULiraModels.FolderOf(context)}, so that the suite can be repeated at once; it may be deleted.");
        return Task.CompletedTask;
    }

    public ResultsPage Render(ResultsFile file) => new(ULiraPage.Render(file, Name + ".svg"), (Name + ".svg", ULiraCurves.Draw(file)));
}
