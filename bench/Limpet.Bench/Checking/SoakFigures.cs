using System.Globalization;
using Limpet.Checks;
using Limpet.Results;

namespace Limpet.Bench.Checking;

/// <summary>What checks answered, by subject. The file has one line a subject: name, runs that passed, leaks, other failures, milliseconds in all, with tabs between.</summary>
internal sealed class SoakFigures
{
    private readonly SortedDictionary<string, (int Passed, int Leaks, int Other, double Milliseconds)> rows = new(StringComparer.Ordinal);

    /// <summary>The figures of a file; none when there is no such file.</summary>
    public static SoakFigures Load(string file)
    {
        SoakFigures figures = new();
        foreach (string[] fields in File.Exists(file) ? File.ReadLines(file).Select(line => line.Split('\t')) : [])
        {
            figures.rows[fields[0]] = (Number(fields[1]), Number(fields[2]), Number(fields[3]), double.Parse(fields[4], CultureInfo.InvariantCulture));
        }

        return figures;
    }

    /// <summary>Whether something is so of every subject.</summary>
    public bool All(Func<KeyValuePair<string, (int Passed, int Failed)>, bool> condition) =>
        rows.All(row => condition(KeyValuePair.Create(row.Key, (row.Value.Passed, row.Value.Leaks + row.Value.Other))));

    /// <summary>Checks of a subject so far.</summary>
    public int RunsOf(string name) => rows.TryGetValue(name, out var row) ? row.Passed + row.Leaks + row.Other : 0;

    /// <summary>Adds an answer.</summary>
    public void Add(string name, CheckResult result)
    {
        var row = rows.GetValueOrDefault(name);
        rows[name] = (
            row.Passed + (result.Passed ? 1 : 0),
            row.Leaks + (result.Verdict == Verdict.Leak ? 1 : 0),
            row.Other + (result.Passed || result.Verdict == Verdict.Leak ? 0 : 1),
            row.Milliseconds + result.Duration.TotalMilliseconds);
    }

    /// <summary>Writes the file.</summary>
    public void Save(string file) => File.WriteAllLines(
        file,
        rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Key}\t{row.Value.Passed}\t{row.Value.Leaks}\t{row.Value.Other}\t{row.Value.Milliseconds:0}")));

    /// <summary>The figures for a page.</summary>
    public string Table() => "| subject | checks | passed | leak | other | ms each |\n|---|---|---|---|---|---|\n" + string.Join("\n", rows.Select(row => string.Create(
        CultureInfo.InvariantCulture, $"| {row.Key} | {RunsOf(row.Key)} | {row.Value.Passed} | {row.Value.Leaks} | {row.Value.Other} | {row.Value.Milliseconds / RunsOf(row.Key):0} |")));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
