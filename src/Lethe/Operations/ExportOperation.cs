using Lethe.Core.Errors;
using Lethe.Training.Models;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>Writes a run's served model for other programs.</summary>
internal static class ExportOperation
{
    public static ExportSummary Export(string directory, ExportFormat format, string file)
    {
        using var run = Run.Open(directory, writable: false);
        run.RequireReady();
        string path = Path.GetFullPath(file);
        if (Directory.Exists(path) || !Directory.Exists(Path.GetDirectoryName(path)))
            throw new BadDataException($"{file} cannot be written: it is a directory, or its directory does not exist.");
        var served = run.Index.Served!.Value;
        if (format == ExportFormat.Torchscript)
        {
            using var model = run.CreateModel(served);
            ModelExport.SaveTorchScript(model, path);
        }
        else
        {
            using var state = run.Load(served);
            ModelExport.SaveSafetensors(state, run.ModelSpec, run.Normalization, path);
        }

        return new ExportSummary(path, format, new FileInfo(path).Length, served, InputWording.Of(run)) { Waiting = HeldCandidate.Open(run)?.Request.Id };
    }
}
