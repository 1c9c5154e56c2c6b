using System.Reflection;

namespace Limpet.Results;

/// <summary>The tool that wrote a result.</summary>
/// <param name="Name">Always <c>limpet</c>.</param>
/// <param name="Version">Version of the package.</param>
public sealed record ToolInfo(string Name, string Version)
{
    /// <summary>This tool.</summary>
    public static ToolInfo Current { get; } = new(
        "limpet",
        typeof(ToolInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0");
}
