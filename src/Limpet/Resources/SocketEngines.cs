using System.Collections;
using System.Reflection;

namespace Limpet.Resources;

/// <summary>
/// The poll sets by which the runtime waits for sockets: one for each of its engines, made at the first use of a socket that waits, and never closed. Which they are stands in the engines;
/// a runtime whose engines look otherwise names none, and nothing else is lost.
/// </summary>
internal static class SocketEngines
{
    private const string EngineThread = ".NET Sockets";
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic;
    private static HashSet<int>? ports;

    /// <summary>Whether a poll set of this process is the runtime's.</summary>
    /// <param name="descriptor">Its descriptor.</param>
    /// <param name="threads">Reads the names of the threads of the process, which costs: asked until there is a thread of an engine. Without one there is no engine, and asking for it would make one.</param>
    public static bool IsPort(int descriptor, Func<IEnumerable<string>> threads)
    {
        ports ??= threads().Contains(EngineThread) ? Read() : null;
        return ports?.Contains(descriptor) == true;
    }

    private static HashSet<int> Read()
    {
        Type? engine = Type.GetType("System.Net.Sockets.SocketAsyncEngine, System.Net.Sockets");
        FieldInfo? port = engine?.GetField("_port", Any);
        return engine?.GetField("s_engines", Any)?.GetValue(null) is IEnumerable engines && port?.FieldType == typeof(nint)
            ? [.. engines.Cast<object>().Select(one => (int)(nint)port.GetValue(one)!)]
            : [];
    }
}
