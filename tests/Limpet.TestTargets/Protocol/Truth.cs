namespace Limpet.TestTargets;

/// <summary>What is true of a hard target, as data: <c>--truth</c> prints it, and whoever measures accuracy reads it.</summary>
/// <param name="Why">Why it leaks, or why what looks like a leak is none, in one sentence.</param>
/// <param name="RestsOn">"own" for code of the program itself, "framework", or a package with its version.</param>
/// <param name="Verdict">Every verdict that is right.</param>
/// <param name="Findings">The leaks, each exactly one finding; none for a harmless program.</param>
internal sealed record Truth(string Why, string RestsOn, string[] Verdict, params FindingTruth[] Findings)
{
    /// <summary>Arguments of <c>limpet hunt</c> before the command.</summary>
    public string[] Hunt { get; init; } = ByLines;

    /// <summary>Where it was reported, as "owner/repository#number"; null for a program that nobody reported.</summary>
    public string? Issue { get; init; }

    /// <summary>What was found there to be the cause, in words of ours.</summary>
    public string? Found { get; init; }

    /// <summary>Driven by lines on standard input.</summary>
    public static string[] ByLines { get; } = ["--stdin-line", "x", "--ready-line", "ready"];

    /// <summary>Not driven: a round is a stretch of time.</summary>
    public static string[] ByTime { get; } = ["--idle", "500ms", "--ready-line", "ready"];

    public static Truth Leak(string why, string restsOn, params FindingTruth[] findings) => new(why, restsOn, ["Leak"], findings);

    public static Truth Harmless(string why, string restsOn, params string[] verdict) => new(why, restsOn, verdict);
}
