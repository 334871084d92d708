using Lethe.Core.Records;

namespace Lethe.Core.Steps;

/// <summary>One step by which a run's checkpoints came about. With data, partition, recipe and numeric profile it can be executed again.</summary>
/// <param name="Block">Number of the block (1 … B), or of the slice's block in a SISA run; its output is the checkpoint of that number. 0: the initial model.</param>
/// <param name="Kind">What the step did.</param>
/// <param name="Input">The checkpoint that training began from; null unless trained.</param>
/// <param name="Output">The checkpoint after it.</param>
/// <param name="Deleted">
/// <see cref="DeletedRecords.DigestOf"/> the records of this step that were deleted when it was trained, and so not read; null unless trained.
/// Records of other steps are not in it, so that it stays valid as long as no record of the step is forgotten.
/// </param>
/// <param name="Samples">Samples processed: retained records × epochs.</param>
/// <param name="Seconds">Wall time.</param>
public sealed record TrainingStep(int Block, StepKind Kind, Digest? Input, Digest Output, Digest? Deleted, long Samples, double Seconds);
