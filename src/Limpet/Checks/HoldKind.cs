namespace Limpet.Checks;

/// <summary>What the tool says of objects that should be gone; the names are those of the protocol.</summary>
internal enum HoldKind
{
    /// <summary>They were collected meanwhile.</summary>
    Gone,

    /// <summary>They are there, and no root reaches them.</summary>
    Nothing,

    /// <summary>Only locals of the test hold them.</summary>
    OnlyTheCaller,

    /// <summary>Something else holds them.</summary>
    Something,
}
