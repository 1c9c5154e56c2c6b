using System.Text;
using System.Text.Json;
using Limpet.Capture.Files;
using Limpet.Cli.Hunting.Run;
using Limpet.Heap;
using Limpet.Heap.Paths;
using Limpet.Heap.Subjects;
using Limpet.Results;

namespace Limpet.Cli.Tracing;

/// <summary>One conversation with the test library. It ends when the other side closes standard input, be it that its process has ended.</summary>
internal sealed class TraceSession(int pid) : IDisposable
{
    /// <summary>The version of the protocol. Another one is needed when a request or an answer changes its meaning, not when something is added.</summary>
    public const int Protocol = 2;

    private TargetReader? reader;
    private TracedRounds? rounds;
    private TracedWays? ways;
    private TracedGrowth? growth;

    private TracedWays Ways => ways ??= new TracedWays(pid, () => Reader);

    /// <summary>Attached at the first request: before, the other side may not have allowed it.</summary>
    private TargetReader Reader => reader ??= new TargetReader(pid)
    {
        Limits = WithoutLibrary,
    };

    /// <summary>Answers requests until there are no more.</summary>
    public async Task RunAsync(TextReader requests, TextWriter answers, CancellationToken cancellation)
    {
        await AnswerAsync(answers, json =>
        {
            json.WriteNumber("protocol", Protocol);
            json.WriteString("version", ToolInfo.Current.Version);
        });
        while (await requests.ReadLineAsync(cancellation) is { } line)
        {
            try
            {
                using JsonDocument request = JsonDocument.Parse(line);
                await AnswerAsync(answers, await HandleAsync(request.RootElement, cancellation));
            }
            catch (LimpetException exception)
            {
                await AnswerAsync(answers, json =>
                {
                    json.WriteString("error", exception.Message);
                    json.WriteString("trouble", exception.Trouble.ToString());
                    json.WriteBoolean("traceRefused", HeapAccess.IsTraceRefused(exception));
                });
            }
        }
    }

    public void Dispose() => reader?.Dispose();

    private async Task<Action<Utf8JsonWriter>> HandleAsync(JsonElement request, CancellationToken cancellation)
    {
        string? what = request.GetProperty("do").GetString();
        switch (what)
        {
            case "objects":
                return TracedObjects.Answer(Ways, request, cancellation);
            case "census":
                return TracedCensus.Answer(Ways, request, cancellation);
            case "heap":
                return TracedHeap.Answer(Ways, cancellation);
            case "cycles":
                return TracedCycles.Answer(Ways, request, cancellation);
            case "round":
                rounds ??= new TracedRounds(Reader, request);
                return await rounds.AddAsync(request, cancellation);
            case "growth" when rounds is not null:
                return rounds.Growth(request);
            case "judge" when rounds is not null:
                return rounds.Judge(request, cancellation);
            case "before":
                growth = new TracedGrowth(Ways);
                return growth.Before(cancellation);
            case "after" when growth is not null:
                return growth.After(request, cancellation);
            case "stacks":
                return TracedStacks.Answer(Ways, request, cancellation);
            default:
                throw new LimpetException($"'{what}' is no request of protocol {Protocol}.");
        }
    }

    /// <summary>The library's own objects are no findings; what the operation holds hangs on them and is.</summary>
    public static PathLimits WithoutLibrary(HeapGraph graph)
    {
        NodeSet own = OwnObjects.In(graph);
        CallerFrames.AddRoots(graph, CallerFrames.In(graph, own, managedThreadId: 0));
        return new PathLimits { Excluded = own, Roots = root => !OwnObjects.IsOwn(root) };
    }

    private static async Task AnswerAsync(TextWriter answers, Action<Utf8JsonWriter> write)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        await answers.WriteLineAsync(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
        await answers.FlushAsync(CancellationToken.None);
    }
}
