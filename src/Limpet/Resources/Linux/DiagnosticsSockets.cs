namespace Limpet.Resources.Linux;

/// <summary>Finds the diagnostics socket of a process, and whose it is.</summary>
internal static class DiagnosticsSockets
{
    public static DiagnosticsSocket Find(int pid, long startTime)
    {
        using ProcFile environment = ProcFile.Read($"/proc/{pid}/environ");
        if (environment.Status != ReadStatus.Ok)
        {
            return new DiagnosticsSocket(
                null,
                DiagnosticsSocketState.Unknown,
                environment.Status == ReadStatus.Refused
                    ? "the environment of another user's process cannot be read. Run limpet as the user of the process."
                    : "the process ended.");
        }

        ProcStatus status = ProcStatus.Read(pid);
        string folder = ProcEnvironment.Value(environment.Bytes, "TMPDIR"u8) is { Length: > 0 } given ? given : "/tmp";
        string file = $"{Root(pid)}{folder.TrimEnd('/')}/dotnet-diagnostic-{status.InnermostPid ?? pid}-{startTime}-socket";
        if (SwitchedOffBy(environment.Bytes) is { } setting)
        {
            return new DiagnosticsSocket(file, DiagnosticsSocketState.SwitchedOff, setting);
        }

        ReadStatus found = Native.TryGetOwner(file, out int owner, out bool isSocket);
        return found switch
        {
            ReadStatus.Refused => new DiagnosticsSocket(file, DiagnosticsSocketState.Unknown, $"{file} cannot be looked at. Run limpet as the user of the process."),
            ReadStatus.Gone => new DiagnosticsSocket(file, DiagnosticsSocketState.Absent, $"{file} does not exist"),
            _ when !isSocket => new DiagnosticsSocket(file, DiagnosticsSocketState.Foreign, $"{file} is no socket"),
            _ when owner != status.Uid => new DiagnosticsSocket(
                file, DiagnosticsSocketState.Foreign, $"{file} belongs to user {owner}, the process to user {status.Uid}"),
            _ => new DiagnosticsSocket(file, DiagnosticsSocketState.Ready, null),
        };
    }

    private static string? SwitchedOffBy(ReadOnlySpan<byte> environment)
    {
        foreach (string prefix in (ReadOnlySpan<string>)["DOTNET_", "COMPlus_"])
        {
            foreach (string name in (ReadOnlySpan<string>)["EnableDiagnostics", "EnableDiagnostics_IPC"])
            {
                if (ProcEnvironment.Value(environment, System.Text.Encoding.ASCII.GetBytes(prefix + name)) is "0" or "0x0")
                {
                    return prefix + name + "=0";
                }
            }
        }

        return null;
    }

    /// <summary>A process in another mount namespace (a container) has another /tmp; the kernel shows it under the process.</summary>
    private static string Root(int pid)
    {
        string? own = Native.ReadLink("/proc/self/ns/mnt");
        string? other = Native.ReadLink($"/proc/{pid}/ns/mnt");
        return own is null || other is null || own == other ? "" : $"/proc/{pid}/root";
    }
}
