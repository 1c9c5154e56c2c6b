using System.Collections.Immutable;
using System.CommandLine;
using Limpet.Cli.Doctor;
using Limpet.Resources;
using Limpet.Reporting.Text;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary><c>limpet doctor</c>: what this machine allows.</summary>
internal static class DoctorCommand
{
    private const string Description = """
        Says what this machine allows: tracing, limits, parts of runtimes, each with its remedy; and how long a rate of loss lasts.

        Examples:
          limpet doctor
          limpet doctor --rate "6.6 KB/request at 1000/min"
          limpet doctor --pid 4242 --rate "1 socket/order at 20/s"
        """;

    public static Command Create()
    {
        Option<string> rate = new("--rate") { HelpName = "\"LOSS/OPERATION at N/TIME\"", Description = "How long it takes to each limit, if so much is lost so often" };
        Option<string> pid = new("--pid") { HelpName = "N", Description = "Count what this process uses, and its own limits" };
        Command command = new("doctor", Description) { rate, pid };
        CommonOptions common = new(command);
        command.SetAction(line =>
        {
            int? process = line.GetValue(pid) is { } text ? PidText.Read(text) : null;
            return Run(line.GetValue(rate), process, common.Read(line));
        });
        return command;
    }

    private static int Run(string? rate, int? pid, CommandOutput output)
    {
        output.CheckJson();
        RateText? loss = rate is null ? null : RateText.Read(rate);
        ProcessReading? reading = pid is { } id ? ProcessReaders.Reader.Read(id, ProcessParts.Descriptors) : null;
        if (reading is { Ended: true })
        {
            throw new LimpetException($"There is no process {pid}. `limpet ps` lists the .NET processes, `ps -e` all of them.");
        }

        MachineFacts facts = ProcessReaders.Machine.Read();
        facts = pid is { } one ? facts with { Memory = ProcessReaders.Limits.Memory(one) } : facts;
        DotNetProcess? dotnet = pid is { } found ? ProcessReaders.DotNet.Detect(found) : null;
        ImmutableArray<MachineCheck> own = pid is { } process ? [.. ProcessChecks.Of(process, reading!, ProcessReaders.Limits.OpenFiles(process), dotnet)] : [];
        DoctorResult result = new()
        {
            StartedAt = output.StartedAt,
            DurationSeconds = output.Elapsed.TotalSeconds,
            Target = pid is null ? null : new TargetInfo(pid, Redaction.CommandLine(dotnet?.CommandLine ?? []), dotnet?.RuntimeVersion is { } version ? $".NET {version}" : null),
            Environment = facts.Kernel is { } kernel ? ImmutableSortedDictionary<string, string>.Empty.Add("kernel", kernel) : ImmutableSortedDictionary<string, string>.Empty,
            Checks = [.. own, .. MachineChecks.Of(facts)],
            Rate = rate,
            Projections = loss is null ? [] : [.. RateProjections.Of(loss, facts, reading, pid is { } limited ? ProcessReaders.Limits.OpenFiles(limited) : null)],
        };
        output.Show(result, DoctorText.Write(result) + (output.Quiet ? "" : "\nnext: limpet ps\n"));
        return ExitCode.NoLeak;
    }
}
