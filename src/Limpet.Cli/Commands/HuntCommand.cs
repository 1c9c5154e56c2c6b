using System.CommandLine;
using Limpet.Cli.Hunting;
using Limpet.Cli.Hunting.Run;
using Limpet.Cli.Hunting.Target;
using Limpet.Reporting.Text;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary><c>limpet hunt</c>: the main job.</summary>
internal static class HuntCommand
{
    public static Command Create()
    {
        HuntCommandLine hunt = new();
        ReportOptions reports = new(hunt.Command);
        hunt.Command.SetAction((line, cancellation) =>
        {
            HuntOptions options = hunt.Read(line);
            ReportFiles files = reports.Read(line);
            options = options with { HasBaseline = files.Known is not null };
            CommandOutput output = new(line.InvocationConfiguration.Output, line.InvocationConfiguration.Error)
            {
                Json = options.Json,
                Quiet = options.Quiet,
                Verbose = options.Verbose,
            };
            return RunAsync(options, files, output, cancellation);
        });
        return hunt.Command;
    }

    private static async Task<int> RunAsync(HuntOptions options, ReportFiles reports, CommandOutput output, CancellationToken cancellation)
    {
        output.CheckJson();
        output.Say(HuntPlanText.Describe(options), evenQuiet: options.File is not null);
        HuntResult? result = null;
        HuntRun? run = null;
        await HuntProgress.ShowAsync(options, output, async progress =>
        {
            run = new HuntRun(options, progress);
            Action<OutputLine>? listener = options.Verbose ? line => output.Detail($"target: {Escaping.Show(options.NoRedact ? line.Text : Redaction.Text(line.Text))}") : null;
            result = reports.Apply(await run.RunAsync(listener, cancellation));
        });
        bool colors = !options.NoColor && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";
        NextCommand next = NextHuntText.Of(options, result!, run!.TargetExit is not null, cancellation.IsCancellationRequested);
        string text = options.Quiet ? $"{result!.Verdict}: {Escaping.Show(result.Reason, 1000)}\n" : HuntText.Write(result!, options.Verbose, colors) + next.Line;
        output.Show(result!, text);
        reports.Write(result!, next);
        cancellation.ThrowIfCancellationRequested();
        bool targetFailed = run!.TargetExit is { ExitCode: not (0 or null) } && result!.Verdict is Verdict.Inconclusive or Verdict.NotRun;
        return targetFailed ? ExitCode.TargetFailed : ExitCode.Of(result!.Verdict, result.Budgets.Any(budget => budget.Broken));
    }
}
