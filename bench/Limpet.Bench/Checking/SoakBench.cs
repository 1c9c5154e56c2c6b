using System.Globalization;
using Limpet.Checks;
using Limpet.Results;

namespace Limpet.Bench.Checking;

/// <summary>
/// Runs checks of operations that leave nothing behind and of operations that do, again and again, and counts the answers. The figures are written after every
/// round of all subjects, and a run that finds its file goes on from there.
/// </summary>
internal static class SoakBench
{
    /// <summary>Runs until every subject has had its share.</summary>
    /// <param name="nullRuns">Checks of operations that leave nothing behind, in all.</param>
    /// <param name="leakRuns">Checks of each operation that leaks.</param>
    /// <param name="file">Where the figures are.</param>
    public static int Run(int nullRuns, int leakRuns, string file)
    {
        SoakFigures figures = SoakFigures.Load(file);
        int each = (nullRuns + NullSubjects.All.Count - 1) / NullSubjects.All.Count;
        for (int round = 0; round < Math.Max(each, leakRuns); round++)
        {
            foreach ((string name, Func<Task> operation) in NullSubjects.All)
            {
                Check(figures, "clean: " + name, each, operation, () => { });
            }

            foreach ((string name, (Func<Task> operation, Action clear)) in LeakSubjects.All)
            {
                Check(figures, "leaks: " + name, leakRuns, operation, clear);
            }

            figures.Save(file);
        }

        Console.WriteLine(figures.Table());
        return figures.All(row => row.Key.StartsWith("clean", StringComparison.Ordinal) ? row.Value.Failed == 0 : row.Value.Passed == 0) ? 0 : 1;
    }

    private static void Check(SoakFigures figures, string name, int runs, Func<Task> operation, Action clear)
    {
        if (figures.RunsOf(name) >= runs)
        {
            return;
        }

        CheckResult result = LeakCheck.FindAsync(operation).GetAwaiter().GetResult();
        clear();
        figures.Add(name, result);
        if (result.Passed != name.StartsWith("clean", StringComparison.Ordinal) || (!result.Passed && result.Verdict != Verdict.Leak))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}, run {figures.RunsOf(name)}:\n{CheckReport.Write(result)}"));
        }
    }
}
