using Limpet.Capture;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary>How the user wants a running process to be captured.</summary>
/// <param name="MaxStall">How long it may stand still.</param>
/// <param name="Way">The only way to be tried; null for the first one that the system allows.</param>
internal sealed record CaptureRequest(TimeSpan MaxStall, CaptureWay? Way)
{
    /// <summary>What is kept of the texts of strings, of a process as of a dump.</summary>
    public StringReading Strings { get; init; }

    /// <summary>Where references lie that are outside the heap, such as those of weak handles. The events of a runtime do not show them.</summary>
    public IReadOnlyList<ulong> References { get; init; } = [];

    /// <summary>Whether the stacks of all threads are read. The events of a runtime do not show them.</summary>
    public bool WithStacks { get; init; }

    /// <summary>Holds a way that was named against what is to be read.</summary>
    /// <exception cref="LimpetException">None of the sources is a process.</exception>
    public void RequireProcess(params ReadOnlySpan<string> sources)
    {
        foreach (string source in sources)
        {
            if (Way is null || PidText.LooksLike(source))
            {
                return;
            }
        }

        if (Way is not null)
        {
            throw new LimpetException($"--way says how a running process is captured, and {Escaping.Show(sources[0])} is no process id. Leave it out, or name a process of those that limpet ps lists.");
        }
    }
}
