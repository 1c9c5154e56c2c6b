namespace Limpet.Capture.Children;

/// <summary>Where the output of a child goes.</summary>
public enum ChildStreams
{
    /// <summary>To the same places as that of this process: it has the terminal, or whatever there is, for itself.</summary>
    Inherited,

    /// <summary>Standard output joins standard error, so that this process's standard output stays free.</summary>
    OutputToError,

    /// <summary>Both are read by this process, apart.</summary>
    Read,

    /// <summary>Both are read by this process, as one stream in the order in which they were written.</summary>
    ReadAsOne,
}
