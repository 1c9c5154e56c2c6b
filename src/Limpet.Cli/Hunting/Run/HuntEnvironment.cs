using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Limpet.Capture.Live;
using Limpet.Resources;

namespace Limpet.Cli.Hunting.Run;

/// <summary>Facts that the numbers of a hunt depend on.</summary>
internal static class HuntEnvironment
{
    public static ImmutableSortedDictionary<string, string> Of(DotNetProcess? program, LiveTarget? live)
    {
        var facts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        facts["os"] = RuntimeInformation.OSDescription;
        facts["architecture"] = RuntimeInformation.ProcessArchitecture.ToString();
        facts["processors"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);
        if (live is not null)
        {
            facts["gc"] = live.IsServerGc ? "server" : "workstation";
        }

        if (program is not null)
        {
            facts["diagnosticsPort"] = program.Diagnostics.State.ToString();
            if (OpenFilesLimit(program.Pid) is { } limit)
            {
                facts["openFilesLimit"] = limit;
            }
        }

        return facts.ToImmutable();
    }

    private static string? OpenFilesLimit(int pid)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{pid}/limits").FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal));
            return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(3);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended, or belongs to somebody else: a fact less, which its absence says.
            return null;
        }
    }
}
