namespace Lethe.Methods.Editing;

/// <summary>A part of an edit after which the model is saved: a killed forget goes on with the next one.</summary>
/// <param name="Action">What is done, as a user would say it.</param>
/// <param name="Samples">Samples that it processes at most.</param>
/// <param name="Do">Does it, on the model as the phase before left it.</param>
internal sealed record Phase(string Action, long Samples, Action<Edit> Do);
