using Lethe.Core.Errors;
using Lethe.Core.Plans;
using Lethe.Methods.Retrain;
using Lethe.Training.Models;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Operations;

/// <summary>Reads models that the owner of an imported one retrained without the forgotten records.</summary>
internal static class GoldFiles
{
    public const string Remark = "The gold models are the files that you named: what they were trained on is your statement.";

    /// <exception cref="BadDataException">A file cannot be read or holds another network.</exception>
    public static IReadOnlyList<GoldModel> Read(Run run, IReadOnlyList<string> files)
    {
        var models = new List<GoldModel>();
        try
        {
            foreach (string file in files)
            {
                if (!File.Exists(file))
                    throw new BadDataException($"--gold {file} does not exist. Name a TorchScript file.");
                using var script = ImportedModel.Open(File.ReadAllBytes(file), file);
                models.Add(new GoldModel(StateDict.FromModule(script), (ulong)models.Count + 1, CostAccount.Zero));
                RequireFit(run, models[^1].State, file);
            }
        }
        catch
        {
            models.ForEach(model => model.Dispose());
            throw;
        }

        return models;
    }

    private static void RequireFit(Run run, StateDict state, string file)
    {
        using var model = run.CreateModel();
        try
        {
            state.CopyTo(model);
        }
        catch (BadDataException error)
        {
            throw new BadDataException($"--gold {file} holds another network than the run: {error.Message}", error);
        }
    }
}
