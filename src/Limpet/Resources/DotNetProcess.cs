using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Resources;

/// <summary>A process as .NET tooling sees it.</summary>
public sealed record DotNetProcess
{
    /// <summary>The process id.</summary>
    public required int Pid { get; init; }

    /// <summary>Start time in clock ticks since boot.</summary>
    public required long StartTime { get; init; }

    /// <summary>Which .NET it runs.</summary>
    public required DotNetKind Kind { get; init; }

    /// <summary>The user that the process acts as; null when it cannot be seen.</summary>
    public int? OwnerUid { get; init; }

    /// <summary>Version of the runtime, such as <c>10.0.12</c>; null when neither its path nor its runtime configuration shows it.</summary>
    public string? RuntimeVersion { get; init; }

    /// <summary>Path of the mapped <c>libcoreclr.so</c>; null for a single-file program and for other kinds.</summary>
    public string? RuntimePath { get; init; }

    /// <summary>Path of the executable; null when the system refused it.</summary>
    public string? Executable { get; init; }

    /// <summary>The command line as the process shows it. May hold secrets: redact and escape before showing.</summary>
    public ImmutableArray<string> CommandLine { get; init; } = [];

    /// <summary>Name of the program: of the assembly that <c>dotnet</c> runs, or of the executable, without <c>.dll</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is a part of the .NET SDK (<c>dotnet run</c> itself, a build node, the compiler server) and not somebody's program.</summary>
    public bool IsSdkTool { get; init; }

    /// <summary>The diagnostics socket, whether it can be used or not.</summary>
    public required DiagnosticsSocket Diagnostics { get; init; }

    /// <summary>Why <see cref="Kind"/> is <see cref="DotNetKind.Unknown"/>; null otherwise.</summary>
    public string? Refusal { get; init; }

    /// <summary>
    /// Whether its runtime has started: it is mapped, or its diagnostics socket is there. A single-file program carries the runtime inside
    /// from its first instruction on, so there only the socket (or the setting that forbids it) tells.
    /// </summary>
    public bool RuntimeStarted =>
        Kind == DotNetKind.CoreClr
        && (RuntimePath is not null || Diagnostics.State is DiagnosticsSocketState.Ready or DiagnosticsSocketState.SwitchedOff);

    /// <summary>Passes when the process runs a CoreCLR.</summary>
    /// <exception cref="LimpetException">It does not, or it cannot be seen; the message says which and what to do.</exception>
    public void RequireCoreClr()
    {
        switch (Kind)
        {
            case DotNetKind.CoreClr:
                return;
            case DotNetKind.NativeAot:
                throw new LimpetException(
                    Trouble.Refused,
                    $"Process {Pid} is a NativeAOT program: its heap carries no runtime parts that tell objects apart. Run the same program without PublishAot (`dotnet run`) and hunt that.");
            case DotNetKind.Unknown:
                throw new LimpetException(Trouble.Refused, $"Cannot look at process {Pid}: {Refusal}");
            default:
                throw new LimpetException(
                    Trouble.BadInput,
                    $"Process {Pid} is not a .NET process: no libcoreclr.so is mapped in it. `limpet ps` lists the .NET processes; `limpet watch --pid {Pid}` follows a process of any language.");
        }
    }
}
