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
            if (DescriptorLimit.OfFiles(program.Pid).Value is { } limit)
            {
                facts["openFilesLimit"] = limit.ToString(CultureInfo.InvariantCulture);
            }
        }

        return facts.ToImmutable();
    }
}
