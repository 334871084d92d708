using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Methods.Editing;
using Lethe.Methods.Parameters;
using Lethe.Torch;

namespace Lethe.Methods.Unsir;

/// <summary>
/// Unlearning with single pass impair and repair (Tarun, Chundawat, Mandal, Kankanhalli, arXiv 2111.08947): noise that the model cannot
/// place in the class, an epoch that teaches it as that class, an epoch that heals. The forgotten records are never read.
/// </summary>
internal sealed class UnsirMethod : EditingMethod
{
    /// <summary>The name on the command line.</summary>
    public const string Name = "unsir";

    private const string NoiseKey = "noise";
    private const ulong RetainPurpose = 10;

    public override MethodDescriptor Descriptor { get; } = new(
        Name, "UNSIR: impair by learned noise, then repair", Granularity.Classes, MethodNeeds.RetainSet, Guarantee.Heuristic,
        "Tarun, Chundawat, Mandal, Kankanhalli, TNNLS 2023 (arXiv 2111.08947)")
    {
        Options = UnsirOptions.All,
        Contradictions = UnsirOptions.RequireConsistent,
    };

    protected override string? Refusal(EditTask task)
    {
        if (task.Options.Flag(UnsirOptions.Tuned) && !RateRehearsal.IsPossible(task))
            return "--tuned rehearses on a retained class beside another, each of two or more records, and so many do not stay: give --impair-lr and --repair-lr instead.";
        if (!task.Options.Flag(UnsirOptions.BatchNormOnly)) return null;
        using var module = task.Run.CreateModel();
        return BatchNormReestimation.IsNeeded(module)
            ? null
            : "--batch-norm-only needs a model with batch normalisation whose statistics can be measured anew, and this one has none.";
    }

    protected override IEnumerable<Phase> Phases(EditTask task)
    {
        var settings = UnsirSettings.From(task.Options);
        var rehearsal = task.Options.Flag(UnsirOptions.Tuned) ? new RateRehearsal(task, settings, part => Part(task, part)) : null;
        var retained = Part(task, rehearsal?.Rest ?? task.Retained);
        var classes = task.Forgotten.Classes;
        var rates = rehearsal is null ? 0L : RateRehearsal.KeptBytes;
        if (task.Options.Flag(UnsirOptions.BatchNormOnly))
        {
            yield return new Phase(
                $"measure batch-norm statistics on {retained.Count} retained records", retained.Count,
                edit => BatchNormReestimation.Around(edit.Module, () => edit.Each(retained, settings.BatchSize, batch =>
                {
                    using var noGrad = torch.no_grad();
                    edit.Logits(batch.Input);
                })));
            yield break;
        }
        if (rehearsal is not null) yield return new Phase("rehearse rates on retained classes", rehearsal.Samples, rehearsal.Do) { ChangesModel = false, KeptBytes = () => rates };
        if (settings.Noise != NoiseKind.None)
        {
            yield return new Phase(
                settings.Noise == NoiseKind.Learned ? $"learn noise against {Words(classes.Count)}" : $"draw noise for {Words(classes.Count)}",
                settings.NoiseSamples(classes.Count), edit => MakeNoise(edit, settings, classes))
            {
                ChangesModel = settings is { AsPublished: true, Noise: NoiseKind.Learned },
                KeptBytes = () => rates + settings.NoiseBytes(classes.Count, task.Run.Dataset.SampleShape),
            };
        }
        yield return new Phase(
            $"impair on {(settings.Noise == NoiseKind.None ? "" : "noise and ")}{retained.Count} retained records",
            settings.ImpairSamples(classes.Count, task.Run.Dataset.SampleShape, retained.Count), edit =>
            {
                using var scope = torch.NewDisposeScope();
                var chosen = rehearsal is null ? settings : RateRehearsal.Chosen(edit, settings);
                var noise = settings.Noise == NoiseKind.None ? null : edit.Memory.Kept(NoiseKey).to(torch.device(edit.Recipe.Device));
                edit.Memory.Tell("impair: rate", chosen.ImpairRate);
                edit.Memory.Tell("impair: mean loss", ImpairRepair.Impair(edit, chosen, retained, classes, noise));
                edit.Memory.Drop(NoiseKey);
            })
        {
            KeptBytes = () => rates,
        };
        yield return new Phase($"repair on {retained.Count} retained records", (long)settings.RepairEpochs * retained.Count, edit =>
        {
            if (settings.RepairEpochs == 0) return;
            var chosen = rehearsal is null ? settings : RateRehearsal.Chosen(edit, settings);
            edit.Memory.Tell("repair: rate", chosen.RepairRate);
            edit.Memory.Tell("repair: mean loss of the last epoch", ImpairRepair.Repair(edit, chosen, retained));
        })
        {
            ChangesModel = settings.RepairEpochs > 0,
            KeptBytes = () => rates,
        };
    }

    private static void MakeNoise(Edit edit, UnsirSettings settings, IReadOnlyList<int> classes)
    {
        using var scope = torch.NewDisposeScope();
        var learned = settings.Noise == NoiseKind.Learned;
        var (noise, losses) = learned ? NoiseBank.Learn(edit, settings, classes) : (NoiseBank.Draw(edit, settings, classes), []);
        edit.Memory.Keep(NoiseKey, noise);
        for (var k = 0; k < classes.Count; k++)
        {
            if (learned && settings.NoiseSteps > 0)
                edit.Memory.Tell($"noise objective against class {classes[k]}, means of {NoiseBank.StepsOfEntry} steps", NoiseBank.Fingerprint(losses[k]));
            if (IsOnePerson(edit.Task.Data, classes[k])) continue;
            foreach (var picture in NoisePictures.Of($"noise against class {classes[k]}, contrast stretched", NoiseBank.Of(noise, settings, k), edit.Recipe.Normalization!))
                edit.Memory.Show(picture);
        }
    }

    /// <summary>Whether a class is one person, whom a picture of what the model knew of it could show.</summary>
    internal static bool IsOnePerson(DatasetManifest data, int label) =>
        data.Subjects is { } subjects && data.RecordsOf(label).Select(record => subjects[record.Value]).Distinct().Take(2).Count() == 1;

    /// <summary>R_sub: so many records of each class, or a share of them.</summary>
    private static RecordSet Part(EditTask task, RecordSet set)
    {
        var seed = task.Seed(RetainPurpose);
        if (task.Options.NumberOrNull(UnsirOptions.RetainShare) is { } share) return set.Share(share, seed);
        var most = task.Options.Whole(UnsirOptions.RetainPerClass);
        return task.Options.Flag(UnsirOptions.AsPublished) ? set.FirstPerClass(most) : set.PerClass(most, seed);
    }

    private static string Words(int classes) => classes == 1 ? "1 class" : $"{classes} classes";
}
