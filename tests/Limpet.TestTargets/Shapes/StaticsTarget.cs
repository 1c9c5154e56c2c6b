using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Every kind of static that can hold an object.</summary>
/// <remarks><code>
/// static s_plain          ─→ PlainCargo                                1
/// static s_struct         { A, n, B } ─→ StructCargo                   2, inside a static of value type (boxed by the runtime)
/// static Generic&lt;int&gt;.s_cargo, Generic&lt;long&gt;.s_cargo, Generic&lt;string&gt;.s_cargo, Generic&lt;Uri&gt;.s_cargo ─→ GenericCargo   4, two of them shared code
/// [ThreadStatic] t_cargo  ─→ ThreadCargo                               4: the main thread and three parked threads
/// [ThreadStatic] t_struct { A, n, B } ─→ ThreadStructCargo             2: the first parked thread only
/// static s_boxed          ─→ boxed Guid
/// static event Happened   ─→ EventHandler ─→ EventCargo                1
/// static readonly s_fixed ─→ FixedCargo                                1
/// AsyncLocal s_local      ─→ LocalCargo                                1, in the main thread's ExecutionContext
/// </code></remarks>
internal sealed class StaticsTarget : Target
{
    private static readonly FixedCargo s_fixed = new();
    private static readonly AsyncLocal<LocalCargo> s_local = new();
    private static PlainCargo? s_plain;
    private static Pair s_struct;
    private static object? s_boxed;

    [ThreadStatic]
    private static ThreadCargo? t_cargo;

    [ThreadStatic]
    private static Pair t_struct;

    private static event EventHandler? Happened;

    public override string Build()
    {
        s_plain = new PlainCargo();
        s_struct = new Pair(new StructCargo(), 1, new StructCargo());
        Generic<int>.s_cargo = new GenericCargo();
        Generic<long>.s_cargo = new GenericCargo();
        Generic<string>.s_cargo = new GenericCargo();
        Generic<Uri>.s_cargo = new GenericCargo();
        s_boxed = Guid.NewGuid();
        Happened += new EventCargo().OnHappened;
        Hold(first: false);
        using CountdownEvent parked = new(3);
        for (int i = 0; i < 3; i++)
        {
            bool first = i == 0;
            new Thread(() => HoldAndPark(first, parked)) { IsBackground = true, Name = $"holder {i}" }.Start();
        }

        parked.Wait();
        s_local.Value = new LocalCargo();
        GC.KeepAlive(s_fixed);
        Happened?.Invoke(this, EventArgs.Empty);
        return "PlainCargo=1 StructCargo=2 GenericCargo=4 ThreadCargo=4 ThreadStructCargo=2 EventCargo=1 FixedCargo=1 LocalCargo=1";
    }

    private static void HoldAndPark(bool first, CountdownEvent parked)
    {
        Hold(first);
        parked.Signal();
        Park.Forever();
    }

    /// <summary>A method of its own, so that no stack slot of the parked thread holds the cargo as well.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Hold(bool first)
    {
        t_cargo = new ThreadCargo();
        if (first)
        {
            t_struct = new Pair(new ThreadStructCargo(), 1, new ThreadStructCargo());
        }
    }

    internal static class Generic<T>
    {
        public static GenericCargo? s_cargo;

        public static Type Of => typeof(T);
    }

    internal readonly record struct Pair(object A, int Number, object B);

    internal sealed class PlainCargo;

    internal sealed class StructCargo;

    internal sealed class GenericCargo;

    internal sealed class ThreadCargo;

    internal sealed class ThreadStructCargo;

    internal sealed class FixedCargo;

    internal sealed class LocalCargo;

    internal sealed class EventCargo
    {
        public int Happenings { get; private set; }

        public void OnHappened(object? sender, EventArgs e) => Happenings++;
    }
}
