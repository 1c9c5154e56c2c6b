using System.Globalization;
using System.Text.Json;

namespace Limpet.Cli.Tracing;

/// <summary>Reads the weak handles of a request.</summary>
internal static class TracedHandles
{
    public static ulong[] Read(JsonElement request) =>
        [.. request.GetProperty("handles").EnumerateArray().Select(handle => ulong.Parse(handle.GetString()!, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))];
}
