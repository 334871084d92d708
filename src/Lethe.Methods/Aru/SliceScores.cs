using Lethe.Methods.Editing;
using Lethe.Methods.Resetting;
using Lethe.Torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Methods.Aru;

/// <summary>Scores every slice by how differently the model's loss pulls at it for the records to forget and for something else.</summary>
internal sealed class SliceScores(Edit edit, AruOptions options, IReadOnlyList<ResetLayer> layers)
{
    /// <summary>Records of a batch, as the surviving code.</summary>
    public const int BatchSize = 64;

    private const ulong StartPurpose = 0x53544152, DrawPurpose = 0x44524157;

    /// <summary>Samples that go through a model.</summary>
    public static long Price(EditTask task, AruOptions options) => options.Mask switch
    {
        MaskKind.Attack or MaskKind.Largest => task.Forgotten.Count * (options.Steps + 4L),
        MaskKind.Noise => task.Forgotten.Count * 4L,
        MaskKind.Msg => task.Forgotten.Count + Math.Min(task.Forgotten.Count, task.Retained.Count),
        _ => 0,
    };

    /// <summary>Scores of the slices of each layer.</summary>
    public IReadOnlyList<float[]> Compute()
    {
        using var sum = new GradientSum(edit.Module, edit.Logits, layers);
        if (options.Mask == MaskKind.Msg) AgainstRetained(sum);
        else AgainstNoise(sum);
        return [.. Enumerable.Range(0, layers.Count).Select(sum.Scores)];
    }

    /// <summary>The gradients that Masked Small Gradients compares: of the records to forget and of as many retained ones.</summary>
    private void AgainstRetained(GradientSum sum)
    {
        var retained = edit.Retained.Draw(edit.Forgotten.Count, edit.Seed(DrawPurpose));
        edit.Each(retained, BatchSize, batch => sum.Add(batch.Input, batch.Target, 1));
        edit.Each(edit.Forgotten, BatchSize, batch => sum.Add(batch.Input, batch.Target, -1), shuffle: false);
    }

    private void AgainstNoise(GradientSum sum)
    {
        using var space = new InputSpace(edit.Recipe.Normalization!, edit.Task.Data.SampleShape, torch.device(edit.Recipe.Device));
        var noise = new ForgetNoise(
            input => edit.Logits(edit.Original, input), space, edit.Generator(StartPurpose), options.Direction, options.Epsilon, options.StepSize, options.Steps);
        var attacked = options.Mask != MaskKind.Noise;
        var (before, after, records) = (0.0, 0.0, 0);
        edit.Each(edit.Forgotten, BatchSize, batch =>
        {
            var delta = attacked ? noise.Attack(batch.Input, batch.Target) : noise.Uniform(batch.Input);
            sum.Add(batch.Input, batch.Target, 1);
            sum.Add(space.Alone(delta), batch.Target, -1);
            before += Loss(batch.Input, batch.Target);
            after += Loss(batch.Input + delta, batch.Target);
            records += batch.Records.Count;
            edit.Count(batch.Records.Count * (attacked ? options.Steps + 3L : 3L));
        }, shuffle: false);
        edit.Memory.Tell("loss of the forgotten records before noise, after", [before / records, after / records]);
    }

    private double Loss(Tensor input, Tensor target)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        return F.cross_entropy(edit.Logits(edit.Original, input), target, reduction: torch.nn.Reduction.Sum).ToDouble();
    }
}
