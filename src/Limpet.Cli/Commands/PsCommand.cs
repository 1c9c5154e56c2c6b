using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Limpet.Capture.Files;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary><c>limpet ps</c>: the .NET processes one could look at.</summary>
internal static class PsCommand
{
    private const string Description = """
        Lists the .NET processes, and whether you may read their heaps.

        Examples:
          limpet ps
          limpet ps --json -
        """;

    public static Command Create()
    {
        Command command = new("ps", Description);
        CommonOptions common = new(command);
        command.SetAction((line, cancellation) => Task.FromResult(Run(common.Read(line), cancellation)));
        return command;
    }

    private static int Run(CommandOutput output, CancellationToken cancellation)
    {
        output.CheckJson();
        ImmutableArray<PsRow> rows = [.. Processes(cancellation)];
        PsResult result = new()
        {
            StartedAt = output.StartedAt,
            DurationSeconds = output.Elapsed.TotalSeconds,
            Processes = [.. rows.Select(row => row.Summary)],
            Warnings = [.. rows.Where(row => row.Refusal is not null).Select(row => row.Refusal!)],
        };
        output.Show(result, PsRendering.Text(rows, output.Quiet));
        return ExitCode.NoLeak;
    }

    private static IEnumerable<PsRow> Processes(CancellationToken cancellation)
    {
        UserNames users = UserNames.Read();
        int[] pids = [.. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int pid) ? pid : 0)
            .Where(pid => pid > 0 && pid != Environment.ProcessId)
            .Order()];
        foreach (int pid in pids)
        {
            cancellation.ThrowIfCancellationRequested();
            if (ProcessReaders.DotNet.Detect(pid) is { } process && Row(process, users) is { } row)
            {
                yield return row;
            }
        }
    }

    private static PsRow? Row(DotNetProcess process, UserNames users)
    {
        string? refusal = process.Kind switch
        {
            DotNetKind.CoreClr => HeapAccess.Refusal(process.Pid),
            DotNetKind.NativeAot => $"Process {process.Pid} is a NativeAOT program: its heap cannot be read.",
            // Another user's: only its name tells that it may be .NET.
            DotNetKind.Unknown when process.CommandLine is [var program, ..] && Path.GetFileName(program) == "dotnet" => $"Cannot look at process {process.Pid}: {process.Refusal}",
            _ => "",
        };
        return refusal is ""
            ? null
            : new PsRow(
                new ProcessSummary(
                    process.Pid,
                    Redaction.CommandLine(process.CommandLine),
                    process.Kind == DotNetKind.NativeAot ? "NativeAOT" : process.RuntimeVersion is { } version ? $".NET {version}" : null,
                    process.OwnerUid is { } uid ? users.Of(uid) : null),
                refusal);
    }
}
