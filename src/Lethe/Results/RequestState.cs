namespace Lethe;

/// <summary>How far a forget request is.</summary>
public enum RequestState
{
    /// <summary>Stored; nothing that is served has changed, and work for it may have begun.</summary>
    Accepted,

    /// <summary>A model without the records waits to be judged; the model that knows them is still served.</summary>
    Candidate,

    /// <summary>The model without the records is served, and what knew them is destroyed.</summary>
    Promoted,

    /// <summary>Given up: nothing was forgotten.</summary>
    Withdrawn,
}
