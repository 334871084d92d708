using Lethe.Core.Records;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>All models of a verification, measured on the same records, for whoever adds tests of its own.</summary>
/// <param name="Run">The run.</param>
/// <param name="Data">Its training data.</param>
/// <param name="Subject">What is judged.</param>
/// <param name="Original">The model before; its view and state are null where only figures are left of it, and it is null where not even those.</param>
/// <param name="Candidate">The judged model.</param>
/// <param name="Golds">Gold models, in the order of <paramref name="Seeds"/> or <paramref name="NamedGolds"/>.</param>
/// <param name="Seeds">Their training seeds; empty where they were named as files.</param>
/// <param name="NamedGolds">Digests of their parameters where they were named as files.</param>
internal sealed record VerificationModels(
    Run Run, TensorDataset Data, VerificationSubject Subject, MeasuredModel? Original, MeasuredModel Candidate, IReadOnlyList<MeasuredModel> Golds, IReadOnlyList<ulong> Seeds,
    IReadOnlyList<Digest> NamedGolds);
