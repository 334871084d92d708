using Lethe.Core.Errors;
using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Methods.Retrain;
using Lethe.Training.Models;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Operations;

/// <summary>Reads models that the owner of an imported one retrained without the forgotten records.</summary>
internal static class GoldFiles
{
    public const string Remark = "The gold models are the files that you named: what they were trained on is your statement.";

    /// <exception cref="BadDataException">A file cannot be read, holds another network, or the parameters of another model of the verification.</exception>
    public static IReadOnlyList<GoldModel> Read(Run run, VerificationSubject subject, IReadOnlyList<string> files)
    {
        var models = new List<GoldModel>();
        var known = Known(run, subject);
        try
        {
            foreach (string file in files)
            {
                if (!File.Exists(file))
                    throw new BadDataException($"--gold {file} does not exist. Name a TorchScript file, or weights as safetensors.");
                models.Add(new GoldModel(StateOf(run, file), (ulong)models.Count + 1, CostAccount.Zero));
                var digest = DigestOf(models[^1].State);
                if (known.TryGetValue(digest, out string? same))
                    throw new BadDataException($"--gold {file} holds the parameters of {same}, number for number. Gold models are trained anew without the forgotten records, each with another seed: leave the file out.");
                known.Add(digest, $"--gold {file}");
            }
        }
        catch
        {
            models.ForEach(model => model.Dispose());
            throw;
        }

        return models;
    }

    /// <summary>Names a model by its parameters and buffers.</summary>
    public static Digest DigestOf(StateDict state) => Digest.Of(state.ToSafetensors());

    private static Dictionary<Digest, string> Known(Run run, VerificationSubject subject)
    {
        var known = new Dictionary<Digest, string>();
        foreach (var entry in run.Index.History)
        {
            if (RequestFolder.ReadResult(Path.Combine(RequestFolder.Root(run.Directory), entry.Request)) is { } record)
                known[record.Before] = $"the model before {entry.Request}";
        }

        if (subject.Original is { } original)
            known[original] = "the original";
        known[subject.Model] = "the unlearned model";
        using var judged = run.Load(subject.Model);
        known[DigestOf(judged)] = "the unlearned model";
        return known;
    }

    /// <summary>The file's values in the run's network.</summary>
    private static StateDict StateOf(Run run, string file)
    {
        var bytes = ImportedFile.ReadBytes(file);
        if (WeightsFile.IsSafetensors(bytes) && ModelCatalog.Names.Contains(run.ModelSpec.Name))
        {
            using var weights = WeightsFile.Open(bytes, $"--gold {file}", run.ModelSpec);
            return StateDict.FromModule(weights);
        }

        using var given = Open(bytes, file);
        using var model = run.CreateModel();
        try
        {
            given.CopyTo(model);
        }
        catch (BadDataException error)
        {
            throw new BadDataException($"--gold {file} holds another network than the run: {error.Message}", error);
        }

        return StateDict.FromModule(model);
    }

    private static StateDict Open(byte[] bytes, string file)
    {
        if (WeightsFile.IsSafetensors(bytes))
            return WeightsFile.Read(bytes, file);
        using var script = ImportedModel.Open(bytes, file);
        return StateDict.FromModule(script);
    }
}
