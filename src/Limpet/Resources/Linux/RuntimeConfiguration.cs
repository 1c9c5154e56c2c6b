using System.Text.Json;

namespace Limpet.Resources.Linux;

/// <summary>The <c>.runtimeconfig.json</c> of a program. What is read there is a convenience: where it cannot be read, that is an answer.</summary>
internal static class RuntimeConfiguration
{
    /// <summary>A pipe or a device in its place has no length, and would never end.</summary>
    private const long LargestFile = 1 << 20;

    /// <summary>Asks its <c>runtimeOptions</c> something; null where there are none to be read.</summary>
    public static T? Ask<T>(string path, Func<JsonElement, T?> ask)
        where T : class
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: > 0 and <= LargestFile })
            {
                return null;
            }

            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return ask(document.RootElement.GetProperty("runtimeOptions"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
