using System.Collections.Immutable;
using System.Text;

namespace Limpet.Resources.Linux;

/// <summary>Tells .NET processes by what they have mapped and what their executable exports.</summary>
internal sealed class LinuxDotNetProcessDetector : IDotNetProcessDetector
{
    /// <summary>Exported by single-file programs, which carry the runtime inside.</summary>
    private const string SingleFile = "DotNetRuntimeInfo";

    /// <summary>Exported by NativeAOT programs.</summary>
    private const string NativeAot = "DotNetRuntimeDebugHeader";

    private LinuxDotNetProcessDetector()
    {
    }

    public static LinuxDotNetProcessDetector Instance { get; } = new();

    public DotNetProcess? Detect(int pid)
    {
        if (ProcStat.TryRead(pid, withName: true, out ProcStat stat) != ReadStatus.Ok || stat.State is 'Z' or 'X')
        {
            return null;
        }

        using ProcFile command = ProcFile.Read($"/proc/{pid}/cmdline");
        ImmutableArray<string> words = Words(command);
        string? executable = Native.ReadLink($"/proc/{pid}/exe");
        if (executable?.EndsWith(" (deleted)", StringComparison.Ordinal) == true)
        {
            executable = executable[..^" (deleted)".Length];
        }

        (string name, bool isSdkTool) = ProgramName.Of(executable, words);
        DotNetProcess process = new()
        {
            Pid = pid,
            StartTime = stat.StartTime,
            Kind = DotNetKind.None,
            OwnerUid = ProcStatus.Read(pid).Uid,
            Executable = executable,
            CommandLine = words,
            Name = name.Length > 0 ? name : stat.Name,
            IsSdkTool = isSdkTool,
            Diagnostics = DiagnosticsSockets.Find(pid, stat.StartTime),
        };

        using ProcFile maps = ProcFile.Read($"/proc/{pid}/maps");
        if (maps.Status == ReadStatus.Gone)
        {
            return null;
        }

        if (maps.Status == ReadStatus.Refused)
        {
            return process with
            {
                Kind = DotNetKind.Unknown,
                Refusal = $"it belongs to user {process.OwnerUid}, and the system lets only that user (or one with CAP_SYS_PTRACE) read it. Run limpet as that user.",
            };
        }

        if (RuntimePath(maps.Bytes) is { } runtime)
        {
            return process with { Kind = DotNetKind.CoreClr, RuntimePath = runtime, RuntimeVersion = RuntimeVersions.Of(runtime, process.Name) };
        }

        // The link is followed by the kernel, so the file is found also when it lies in another container or was deleted.
        return ElfSymbols.FirstOf($"/proc/{pid}/exe", NativeAot, SingleFile) switch
        {
            NativeAot => process with { Kind = DotNetKind.NativeAot },
            // The runtime is there from the first instruction on; it runs once it has made its socket, or could not.
            SingleFile => process with { Kind = DotNetKind.CoreClr },
            _ => process.Diagnostics.IsReady ? process with { Kind = DotNetKind.NativeAot } : process,
        };
    }

    public RuntimeSettings? Settings(DotNetProcess process) => RuntimeSettingsReader.Of(process);

    private static string? RuntimePath(ReadOnlySpan<byte> maps)
    {
        ReadOnlySpan<byte> library = "/libcoreclr.so\n"u8;
        int at = maps.IndexOf(library);
        if (at < 0)
        {
            return null;
        }

        ReadOnlySpan<byte> line = maps[..(at + library.Length - 1)];
        line = line[(line.LastIndexOf((byte)'\n') + 1)..];
        return Encoding.UTF8.GetString(line[line.IndexOf((byte)'/')..]);
    }

    private static ImmutableArray<string> Words(ProcFile command)
    {
        if (command.Status != ReadStatus.Ok || command.Bytes.IsEmpty)
        {
            return [];
        }

        string text = Encoding.UTF8.GetString(command.Bytes);
        return [.. (text.EndsWith('\0') ? text[..^1] : text).Split('\0')];
    }
}
