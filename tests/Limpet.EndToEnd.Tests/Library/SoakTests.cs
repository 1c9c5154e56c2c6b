using Limpet.Bench.Checking;
using Limpet.Checks;
using Limpet.Results;

namespace Limpet.EndToEnd.Tests.Library;

/// <summary>The short form of the soak (<c>limpet-bench soak</c>): every subject that leaves nothing behind once, and a few that do: each of those costs two seconds.</summary>
public sealed class SoakTests
{
    public static TheoryData<string> Clean => [.. NullSubjects.All.Keys];

    public static TheoryData<string> Leaking => ["event", "open files", "pending task"];

    [Theory]
    [MemberData(nameof(Clean))]
    public async Task FindAsync_OperationWithoutARest_Passes(string name)
    {
        CheckResult result = await LeakCheck.FindAsync(NullSubjects.All[name]);
        for (int again = 0; again < 3 && result.Verdict == Verdict.Inconclusive; again++)
        {
            // The runner that reports the tests beside this one makes objects as well. That is undecided, and never a leak.
            result = await LeakCheck.FindAsync(NullSubjects.All[name]);
        }

        Assert.True(result.Passed, CheckReport.Write(result));
    }

    [Theory]
    [MemberData(nameof(Leaking))]
    public async Task FindAsync_OperationWithARest_IsALeak(string name)
    {
        (Func<Task> operation, Action clear) = LeakSubjects.All[name];

        CheckResult result = await LeakCheck.FindAsync(operation);

        clear();
        Assert.True(result.Verdict == Verdict.Leak, CheckReport.Write(result));
    }
}
