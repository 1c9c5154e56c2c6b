namespace Limpet.Resources;

/// <summary>Answers: is this a .NET process, and how can one talk to it?</summary>
public interface IDotNetProcessDetector
{
    /// <summary>Looks at a process; null when there is none with this id, or it ended.</summary>
    DotNetProcess? Detect(int pid);

    /// <summary>What is set of the collector and the compiler of a process; null where the system refuses to tell.</summary>
    RuntimeSettings? Settings(DotNetProcess process);
}
