namespace Lethe.Methods.Editing;

/// <summary>A part of an edit after which the model is saved: a killed forget goes on with the next one.</summary>
/// <param name="Action">What is done, as a user would say it.</param>
/// <param name="Samples">Samples that it processes at most.</param>
/// <param name="Do">Does it, on the model as the phase before left it.</param>
internal sealed record Phase(string Action, long Samples, Action<Edit> Do)
{
    /// <summary>Whether it changes the model; one that does not stores no new one.</summary>
    public bool ChangesModel { get; init; } = true;

    /// <summary>Bytes of the arrays that the method keeps when the phase ends (<see cref="EditMemory.Keep"/>); asked for only to price it.</summary>
    public Func<long> KeptBytes { get; init; } = static () => 0;
}
