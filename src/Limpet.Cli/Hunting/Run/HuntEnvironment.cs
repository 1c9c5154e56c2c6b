using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Limpet.Capture.Live;
using Limpet.Resources;
using Limpet.Text;

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

            if (ProcessReaders.Limits.Memory(program.Pid).GroupLimit is { } memory)
            {
                facts["memoryLimit"] = memory.Bytes.ToString(CultureInfo.InvariantCulture);
            }

            if (ProcessReaders.DotNet.Settings(program) is { } settings)
            {
                Add("gcSettings", settings, IsOfCollector);
                Add("tiering", settings, name => !IsOfCollector(name));
            }
        }

        return facts.ToImmutable();

        void Add(string fact, RuntimeSettings settings, Predicate<string> isPart)
        {
            string[] values = [.. settings.Values.Where(setting => isPart(setting.Key)).Select(Text)];
            if (values.Length > 0 || settings.IsWhole)
            {
                facts[fact] = values.Length == 0 ? "default" : string.Join(' ', values);
            }
        }
    }

    private static bool IsOfCollector(string setting) => setting.Contains("GC", StringComparison.OrdinalIgnoreCase);

    private static string Text(KeyValuePair<string, string> setting) => $"{Escaping.Show(setting.Key, 60)}={Escaping.Show(setting.Value, 60)}";
}
