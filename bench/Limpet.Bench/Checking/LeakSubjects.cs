using System.Runtime.InteropServices;

namespace Limpet.Bench.Checking;

/// <summary>Operations that leave something behind each time, each with what lets it go again.</summary>
internal static class LeakSubjects
{
    private static readonly List<object> s_kept = [];
    private static readonly Dictionary<Guid, byte[]> s_table = [];
    private static readonly List<IDisposable> s_open = [];
    private static readonly List<GCHandle> s_handles = [];
    private static CancellationTokenSource s_lifetime = new();
    private static TaskCompletionSource s_never = new();
    private static string s_text = "";

    private static event EventHandler? Changed;

    /// <summary>The operations by name.</summary>
    public static IReadOnlyDictionary<string, (Func<Task> Operation, Action Clear)> All { get; } = new SortedDictionary<string, (Func<Task> Operation, Action Clear)>(StringComparer.Ordinal)
    {
        ["list"] = (() => Do(() => s_kept.Add(new object())), s_kept.Clear),
        ["dictionary"] = (() => Do(() => s_table.Add(Guid.NewGuid(), new byte[50])), s_table.Clear),
        ["event"] = (() => Do(() => Changed += new Subscriber().OnChanged), () => Changed = null),
        ["timer"] = (() => Do(() => s_open.Add(new Timer(_ => { }, null, 3_600_000, 3_600_000))), Close),
        ["open files"] = (() => Do(() => s_open.Add(File.OpenRead("/proc/self/statm"))), Close),
        ["registration"] = (() => Do(() => s_lifetime.Token.Register(new Subscriber().Stop)), () => s_lifetime = new CancellationTokenSource()),
        ["handle"] = (() => Do(() => s_handles.Add(GCHandle.Alloc(new byte[10]))), FreeHandles),
        ["pending task"] = (() => Do(() => _ = WaitAsync()), () => s_never = new TaskCompletionSource()),
        ["string that gets longer"] = (() => Do(() => s_text += "one more line of one hundred characters, or as many as make it a leak that nobody overlooks at all"), () => s_text = ""),
    };

    /// <summary>Raises the event that the subjects subscribe to.</summary>
    public static void Raise() => Changed?.Invoke(null, EventArgs.Empty);

    private static async Task WaitAsync() => await s_never.Task;

    private static void Close()
    {
        s_open.ForEach(item => item.Dispose());
        s_open.Clear();
    }

    private static void FreeHandles()
    {
        s_handles.ForEach(handle => handle.Free());
        s_handles.Clear();
    }

    private static Task Do(Action operation)
    {
        operation();
        return Task.CompletedTask;
    }

    private sealed class Subscriber
    {
        private int calls;

        public void OnChanged(object? sender, EventArgs e) => calls++;

        public void Stop() => calls++;
    }
}
