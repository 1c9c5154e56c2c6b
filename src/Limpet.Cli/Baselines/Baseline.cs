using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Limpet.Capture.Files;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Baselines;

/// <summary>The known leaks of a project: a file to be committed beside its tests.</summary>
internal sealed record Baseline
{
    private const string Name = "limpet.baseline/1";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // control characters are escaped all the same
    };

    [JsonRequired]
    public string Schema { get; init; } = Name;

    [JsonRequired]
    public ImmutableArray<AcceptedLeak> Known { get; init; } = [];

    /// <exception cref="LimpetException">There is no such file, or it is no baseline.</exception>
    public static Baseline Read(string path)
    {
        try
        {
            Baseline? read = JsonSerializer.Deserialize<Baseline>(File.ReadAllBytes(path), Options);
            return read is { Schema: Name, Known.IsDefault: false } && read.Known.All(leak => leak is { Signature.Length: > 0 })
                ? read
                : throw new LimpetException($"{Escaping.Show(path)} is no baseline: it must have \"schema\": \"{Name}\" and \"known\", a list of leaks with their signatures. Write one with --update-baseline.");
        }
        catch (JsonException exception)
        {
            throw new LimpetException($"{Escaping.Show(path)} is no baseline: {Escaping.Show(exception.Message, 300)} Write one with --update-baseline.", exception);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LimpetException($"There is no baseline {Escaping.Show(path)}. Write one with --update-baseline.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LimpetException($"The baseline {Escaping.Show(path)} cannot be read: {Escaping.Show(exception.Message, 300)}", exception);
        }
    }

    /// <summary>Writes the file anew.</summary>
    public void Write(string path) => PrivateFile.Write(path, file =>
    {
        JsonSerializer.Serialize(file, this, Options);
        file.WriteByte((byte)'\n');
        return true;
    });

    /// <summary>The leaks of a result, each with the owner and the day that it had before. A run that decided nothing takes none away.</summary>
    public Baseline With(JudgedResult result) => this with
    {
        Known =
        [
            .. Known.Where(known => !Decided(result) && !result.Findings.Any(finding => finding.Signature == known.Signature)),
            .. result.Findings
                .Where(finding => finding.Status != FindingStatus.Fixed && finding.Kind.Implies() is Verdict.Leak)
                .DistinctBy(finding => finding.Signature)
                .OrderBy(finding => finding.Signature, StringComparer.Ordinal)
                .Select(finding => Known.FirstOrDefault(known => known.Signature == finding.Signature) ?? new AcceptedLeak(finding.Signature, finding.Kind.ToString(), finding.Subject, null, null)),
        ],
    };

    /// <summary>Marks the findings that are known, lists what is no longer there, and says what the run says without them.</summary>
    /// <param name="result">The result.</param>
    /// <param name="today">The day, for those that expire.</param>
    public T Apply<T>(T result, DateOnly today)
        where T : JudgedResult
    {
        Dictionary<string, AcceptedLeak> valid = Known.Where(leak => leak.Expires is not { } day || day > today).DistinctBy(leak => leak.Signature).ToDictionary(leak => leak.Signature);
        HashSet<string> seen = [.. result.Findings.Select(finding => finding.Signature)];
        ImmutableArray<Finding> findings =
        [
            .. result.Findings.Select(finding => valid.ContainsKey(finding.Signature) && finding.Kind.Implies() == Verdict.Leak ? finding with { Status = FindingStatus.Known } : finding),
            .. Decided(result) ? Known.Where(leak => !seen.Contains(leak.Signature)).Select(Gone) : [],
        ];
        int known = findings.Count(finding => finding.Status == FindingStatus.Known);
        string[] expired = [.. Known.Where(leak => seen.Contains(leak.Signature) && !valid.ContainsKey(leak.Signature)).Select(leak => FormattableString.Invariant($"the known leak {leak.Subject} has expired on {leak.Expires:yyyy-MM-dd}{(leak.Owner is { } owner ? $"; its owner is {owner}" : "")}"))];
        JudgedResult changed = result with { Findings = findings, Warnings = result.Warnings.AddRange(expired) };
        return (T)(known > 0 && result.Verdict == Verdict.Leak ? WithoutKnown(changed, known) : changed);
    }

    /// <summary>What a run says whose known leaks do not count: those that are new, and what is undecided beside them.</summary>
    private static JudgedResult WithoutKnown(JudgedResult result, int known)
    {
        string leaks = FormattableString.Invariant($"{known} known {(known == 1 ? "leak" : "leaks")}");
        Absence otherwise = result.Otherwise ?? new Absence(Verdict.Clean, "");
        Verdict verdict = Results.Verdicts.Worst(result.Findings, otherwise.Verdict);
        Finding? worst = Results.Verdicts.InOrder(result.Findings.Where(finding => finding.Status == FindingStatus.New && finding.Kind.Implies() == verdict)).FirstOrDefault();
        JudgedResult changed = result with
        {
            Verdict = verdict,
            Reason = worst is not null ? $"{worst.Subject}: {worst.Confidence}"
                : verdict == Verdict.Clean ? $"nothing but {leaks}"
                : $"beside {leaks}: {otherwise.Reason}",
        };
        return verdict == otherwise.Verdict && changed is HuntResult hunt ? hunt with { Measurements = hunt.Measurements with { Undecided = otherwise.Undecided } } : changed;
    }

    /// <summary>What was not exercised, or not decided, has not gone.</summary>
    private static bool Decided(JudgedResult result) =>
        result.Verdict is not (Verdict.NotRun or Verdict.Inconclusive or Verdict.Hang) && result.Otherwise is not { Verdict: Verdict.NotRun or Verdict.Inconclusive };

    private static Finding Gone(AcceptedLeak leak) => new()
    {
        Kind = Enum.TryParse(leak.Kind, out FindingKind kind) ? kind : FindingKind.ManagedLeak,
        Subject = leak.Subject,
        Signature = leak.Signature,
        Status = FindingStatus.Fixed,
        Confidence = "a known leak that was not found in this run: take it out of the baseline (--update-baseline)",
    };
}
