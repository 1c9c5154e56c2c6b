using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// A booking office with a pool of terminal sessions of its own. The later it is, the more clerks book at once: one more every fourth
/// operation, up to 100. A session is made when none is free and is never closed, so the pool grows to 100 and stays.
/// </summary>
internal sealed class TerminalSessions : HarmlessTarget
{
    private const int OperationsPerClerk = 4;

    private readonly SessionPool _pool = new();

    public override Truth Truth => Truth.Harmless(
        "Sessions are given back and used again; there are as many as clerks at once, who are 100 at most.", "own", "Clean", "Bounded");

    protected override double Cap => SessionPool.Most;

    protected override int CheckedOperations => 401;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        RequestSeal.Of(number);
        TerminalSession[] rented = [.. Enumerable.Range(0, Math.Min(1 + (number / OperationsPerClerk), SessionPool.Most)).Select(_ => _pool.Rent())];
        foreach (TerminalSession session in rented)
        {
            session.Book(number);
            Subjects.Add(session);
            _pool.Return(session);
        }
    }
}

internal sealed class TerminalSession
{
    private readonly char[] _screen = new char[80 * 25];

    public int Bookings { get; private set; }

    public void Book(int number)
    {
        number.TryFormat(_screen, out _, provider: System.Globalization.CultureInfo.InvariantCulture);
        Bookings++;
    }
}

internal sealed class SessionPool
{
    public const int Most = 100;

    private readonly ConcurrentBag<TerminalSession> _free = [];
    private int _open;

    public TerminalSession Rent()
    {
        if (_free.TryTake(out TerminalSession? session))
        {
            return session;
        }

        return Interlocked.Increment(ref _open) <= Most
            ? new TerminalSession()
            : throw new InvalidOperationException($"All {Most} sessions are in use.");
    }

    public void Return(TerminalSession session) => _free.Add(session);
}
