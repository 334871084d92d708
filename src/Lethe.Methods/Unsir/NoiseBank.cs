using Lethe.Methods.Editing;
using Lethe.Torch;

namespace Lethe.Methods.Unsir;

/// <summary>The noise of the classes to forget: drawn, learned, and told.</summary>
internal static class NoiseBank
{
    /// <summary>Steps of one entry of the told series, as the notebook logs them.</summary>
    public const int StepsOfEntry = 8;

    private const ulong DrawPurpose = 1;

    /// <summary>Noise of some classes, (classes · B, …) Float32 on the model's device, class after class; belongs to the open dispose scope.</summary>
    public static Tensor Draw(Edit edit, UnsirSettings settings, IReadOnlyList<int> classes) => torch.cat([.. classes.Select(label =>
        torch.randn([settings.NoiseBatch, .. edit.Task.Run.Dataset.SampleShape], edit.Generator(DrawPurpose, (ulong)label)))]);

    /// <summary>Noise that the model cannot place in its class, and the objective of each class at each step.</summary>
    public static (Tensor Noise, IReadOnlyList<double>[] Losses) Learn(Edit edit, UnsirSettings settings, IReadOnlyList<int> classes)
    {
        var model = settings.AsPublished ? edit.Module : edit.Original;
        var parameters = model.parameters().Where(parameter => parameter.requires_grad).ToList();
        parameters.ForEach(parameter => parameter.requires_grad = false);
        var (parts, losses) = (new List<Tensor>(), new List<IReadOnlyList<double>>());
        foreach (var group in classes.Chunk(settings.ClassesAtOnce(edit.Task.Run.Dataset.SampleShape)))
        {
            var noise = Draw(edit, settings, group).requires_grad_();
            losses.AddRange(ErrorMaximisingNoise.Learn(input => edit.Logits(model, input), noise, group, settings, () =>
            {
                edit.Cancellation.ThrowIfCancellationRequested();
                edit.Count((long)group.Length * settings.NoiseBatch);
            }));
            parts.Add(noise.detach());
        }
        parameters.ForEach(parameter => parameter.requires_grad = true);
        return (torch.cat(parts), [.. losses]);
    }

    /// <summary>The part of one class.</summary>
    public static Tensor Of(Tensor noise, UnsirSettings settings, int position) => noise.narrow(0, (long)position * settings.NoiseBatch, settings.NoiseBatch);

    /// <summary>Means of every eight steps.</summary>
    public static double[] Fingerprint(IReadOnlyList<double> losses) => [.. losses.Chunk(StepsOfEntry).Select(part => part.Average())];
}
