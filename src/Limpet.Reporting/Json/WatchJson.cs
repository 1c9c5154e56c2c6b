using System.Collections.Immutable;
using System.Text.Json;
using Limpet.Results;

namespace Limpet.Reporting.Json;

/// <summary>Writes what a watch adds to the envelope.</summary>
internal static class WatchJson
{
    public static void Write(Utf8JsonWriter json, WatchResult watch)
    {
        Figures(json, "peak", watch.Peak);
        json.Objects("processes", watch.Processes, Process);
        json.WriteNumber("omittedProcesses", watch.OmittedProcesses);
        json.Objects("phases", watch.Phases, Phase);
        json.Objects("projections", watch.Projections, Projection);
        Monitor(json, watch.Monitor);
        Series(json, watch.Series);
    }

    private static void Series(Utf8JsonWriter json, IReadOnlyDictionary<string, ImmutableArray<SeriesPoint>> series)
    {
        json.WriteStartObject("series");
        foreach ((string metric, var points) in series)
        {
            json.Objects(metric, points, Point);
        }

        json.WriteEndObject();
    }

    private static void Process(Utf8JsonWriter json, WatchedProcess process)
    {
        json.WriteNumber("pid", process.Pid);
        json.Texts("command", process.Command);
        Nullable(json, "exitCode", process.ExitCode);
        json.Number("startSeconds", process.StartSeconds);
        Nullable(json, "endSeconds", process.EndSeconds);
        json.Number("cpuSeconds", process.CpuSeconds);
        Figures(json, "peak", process.Peak);
        json.WriteBoolean("orphan", process.Orphan);
        if (process.DotNet is { } dotnet)
        {
            DotNetJson.Write(json, dotnet);
        }

        if (!process.Series.IsEmpty)
        {
            Series(json, process.Series);
        }
    }

    private static void Phase(Utf8JsonWriter json, WatchPhase phase)
    {
        json.WriteString("name", phase.Name);
        json.Number("startSeconds", phase.StartSeconds);
        json.Number("endSeconds", phase.EndSeconds);
        Figures(json, "peak", phase.Peak);
        Figures(json, "end", phase.End);
        Figures(json, "delta", phase.Delta);
        if (phase.ReturnedToBaseline is { } returned)
        {
            json.WriteBoolean("returnedToBaseline", returned);
        }
        else
        {
            json.WriteNull("returnedToBaseline");
        }

        json.WriteBoolean("leaks", phase.Leaks);
        json.Objects("left", phase.Left, Left);
    }

    private static void Left(Utf8JsonWriter json, LeftItem left)
    {
        json.WriteString("metric", left.Metric);
        json.WriteString("name", left.Name);
        json.Number("amount", left.Amount);
    }

    private static void Projection(Utf8JsonWriter json, LimitProjection projection)
    {
        json.WriteString("limit", projection.Limit);
        json.Number("limitValue", projection.LimitValue);
        json.Number("used", projection.Used);
        Nullable(json, "inPhases", projection.InPhases);
        Nullable(json, "inSeconds", projection.InSeconds);
        json.OptionalNumber("low", projection.Low);
        json.OptionalNumber("high", projection.High);
    }

    private static void Monitor(Utf8JsonWriter json, MonitorFigures monitor)
    {
        json.WriteStartObject("monitor");
        json.WriteNumber("samples", monitor.Samples);
        json.WriteNumber("gaps", monitor.Gaps);
        json.Number("cpuSeconds", monitor.CpuSeconds);
        json.WriteNumber("missedSamples", monitor.MissedSamples);
        json.Number("longestGapSeconds", monitor.LongestGapSeconds);
        json.WriteNumber("refusedReadings", monitor.RefusedReadings);
        json.WriteNumber("reapedOrphans", monitor.ReapedOrphans);
        json.OptionalNumber("linesRead", monitor.LinesRead);
        json.OptionalNumber("marks", monitor.Marks);
        json.OptionalNumber("lateMarks", monitor.LateMarks);
        json.WriteEndObject();
    }

    private static void Point(Utf8JsonWriter json, SeriesPoint point)
    {
        json.Number("atSeconds", point.AtSeconds);
        json.Number("min", point.Min);
        json.Number("max", point.Max);
        json.Number("last", point.Last);
    }

    private static void Figures(Utf8JsonWriter json, string name, TreeFigures figures)
    {
        json.WriteStartObject(name);
        Nullable(json, "rssBytes", figures.RssBytes);
        Nullable(json, "pssBytes", figures.PssBytes);
        Nullable(json, "fds", figures.Fds);
        Nullable(json, "threads", figures.Threads);
        Nullable(json, "children", figures.Children);
        json.WriteEndObject();
    }

    private static void Nullable(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.Number(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
