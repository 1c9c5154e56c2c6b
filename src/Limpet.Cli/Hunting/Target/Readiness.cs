using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Limpet.Cli.Hunting.Drivers;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Hunting.Target;

/// <summary>Waits until a target is ready: its .NET program is found, its runtime has started, and its signs of readiness were seen.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Several programs are believed after this long: between fork and exec a child still looks like its parent.</summary>
    private static readonly TimeSpan SeveralForSure = TimeSpan.FromMilliseconds(500);

    /// <summary>How long one request may take.</summary>
    private static readonly TimeSpan OneAnswer = TimeSpan.FromSeconds(20);

    /// <summary>Waits.</summary>
    /// <param name="target">The target.</param>
    /// <param name="options">What to wait for, and how long.</param>
    /// <param name="processName">Which program of the tree is meant; null: the only one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LimpetException">The tree has several programs, or none that is .NET.</exception>
    public static async Task<ReadinessOutcome> WaitAsync(
        HuntTarget target, ReadinessOptions options, string? processName = null, CancellationToken cancellationToken = default)
    {
        long start = Stopwatch.GetTimestamp();
        long? severalSince = null;
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        LastAnswer last = new();
        Task answer = options.Address is { } address ? AnswerAsync(address, last, ended.Token) : Task.CompletedTask;
        try
        {
            while (true)
            {
                if (target.Exited.IsCompleted)
                {
                    return new ReadinessOutcome.TargetEnded(await target.Exited);
                }

                // Goes on after one was found: programs that start together show up one after the other.
                if (target.IsStarted)
                {
                    ImmutableArray<DotNetProcess> found = ProgramFinder.Find(target.Tree(), processName);
                    severalSince = found.Length < 2 ? null : severalSince ?? Stopwatch.GetTimestamp();
                    if (severalSince is { } since && Stopwatch.GetElapsedTime(since) > SeveralForSure)
                    {
                        throw ProgramFinder.Several(found, processName);
                    }

                    if (found.Length == 1 && target.Program is null)
                    {
                        target.Choose(found[0]);
                    }
                }

                bool line = target.ReadyLine is null or { IsCompleted: true };
                if (target.Program is { } program && line && answer.IsCompletedSuccessfully && severalSince is null)
                {
                    return new ReadinessOutcome.Ready(program, Stopwatch.GetElapsedTime(start));
                }

                if (Stopwatch.GetElapsedTime(start) > options.Timeout)
                {
                    return target.Program is null && !AnyDotNet(target, processName)
                        ? throw NoProgram(target, options, processName)
                        : new ReadinessOutcome.DeadlinePassed(target.Program, Missing(options, line, answer.IsCompletedSuccessfully, last.Text, target.Program is not null));
                }

                await Task.WhenAny(target.Exited, Task.Delay(Look, cancellationToken));
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    private static string Missing(ReadinessOptions options, bool line, bool answered, string? answer, bool found)
    {
        string[] missing =
        [
            .. found ? Array.Empty<string>() : ["its .NET runtime did not start"],
            .. line ? Array.Empty<string>() : [$"no line of its output matched {Escaping.Show(options.Line!.Text)}"],
            .. answered ? Array.Empty<string>() : [$"{Escaping.Show(Redaction.Url(options.Address!.OriginalString))} did not answer with success{(answer is null ? "" : $" ({Escaping.Show(answer, 200)})")}"],
        ];
        return $"The target was not ready within {DurationText.Format(options.Timeout)}: {string.Join(", ", missing)}.";
    }

    private static bool AnyDotNet(HuntTarget target, string? processName) =>
        processName is null
        && target.Tree().Any(entry => ProcessReaders.DotNet.Detect(entry.Pid) is { Kind: DotNetKind.CoreClr, IsSdkTool: false });

    private static LimpetException NoProgram(HuntTarget target, ReadinessOptions options, string? processName)
    {
        DotNetProcess[] tree = [.. target.Tree().Select(entry => ProcessReaders.DotNet.Detect(entry.Pid)).OfType<DotNetProcess>()];
        foreach (DotNetProcess process in tree.Where(process => process.Kind is DotNetKind.NativeAot or DotNetKind.Unknown))
        {
            process.RequireCoreClr();
        }

        string names = string.Join(", ", tree.Take(20).Select(process => Escaping.Show(process.Name, 60)));
        string within = DurationText.Format(options.Timeout);
        return new LimpetException(processName is null
            ? $"The command started no .NET program within {within}; its processes are: {names}. hunt needs one; `limpet watch` follows a process of any language. When a build takes longer, build before, or raise --ready-timeout."
            : $"The command started no .NET program called {Escaping.Show(processName)} within {within}; its processes are: {names}. Check --process, or raise --ready-timeout.");
    }

    private static async Task AnswerAsync(Uri address, LastAnswer last, CancellationToken cancellationToken)
    {
        using SocketsHttpHandler handler = new() { UseProxy = false, AllowAutoRedirect = false, UseCookies = false };
        OwnCertificates.Accept(handler, [address]);
        using HttpClient client = new(handler) { Timeout = OneAnswer };
        while (true)
        {
            try
            {
                using HttpResponseMessage response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }

                last.Text = string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {response.ReasonPhrase}");
            }
            catch (HttpRequestException exception)
            {
                // Nobody listens yet, or not so.
                last.Text = exception.Message;
            }
            catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // It accepted and did not answer: try again until the deadline.
                last.Text = $"no answer within {DurationText.Format(OneAnswer)}";
            }

            await Task.Delay(Look, cancellationToken);
        }
    }

    /// <summary>What became of the last request, for the message when the deadline passes.</summary>
    private sealed class LastAnswer
    {
        public volatile string? Text;
    }
}
