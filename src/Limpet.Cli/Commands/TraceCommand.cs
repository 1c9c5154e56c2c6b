using System.CommandLine;
using Limpet.Cli.Tracing;
using Limpet.Results;

namespace Limpet.Cli.Commands;

/// <summary>
/// <c>limpet trace --pid PID --protocol N</c>: what the test library starts to look at the process that it runs in. Not for people, and hidden: requests come on
/// standard input, one JSON object a line, and each has one line of answer.
/// </summary>
internal static class TraceCommand
{
    public static Command Create()
    {
        Option<int> pid = new("--pid") { Required = true, Description = "The process to look at" };
        Option<int> protocol = new("--protocol") { Required = true, Description = "Version of the protocol that the caller speaks" };
        Command command = new("trace", "Answers the test library, on standard input and output.") { pid, protocol };
        command.Hidden = true;
        command.SetAction(async (line, cancellation) =>
        {
            if (line.GetValue(protocol) != TraceSession.Protocol)
            {
                throw new LimpetException(
                    $"The test library speaks version {line.GetValue(protocol)} of the protocol and this limpet ({ToolInfo.Current.Version}) version {TraceSession.Protocol}. Use the tool that comes with the package: unset LIMPET_TOOL, or set it to a limpet of the same version.");
            }

            using TraceSession session = new(line.GetValue(pid));
            await session.RunAsync(Console.In, line.InvocationConfiguration.Output, cancellation);
            return ExitCode.NoLeak;
        });
        return command;
    }
}
