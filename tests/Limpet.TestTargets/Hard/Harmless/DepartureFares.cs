using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Shows fares on panels that nobody ever takes down: the channel knows them by weak references, and with every fare that it publishes
/// it forgets those that are gone.
/// </summary>
internal sealed class DepartureFares : HarmlessTarget
{
    private static readonly FareChannel s_channel = new();

    public override Truth Truth => Truth.Harmless(
        "Panels are held weakly, and dead references are removed with the next fare.", "own", "Clean");

    protected override double Cap => 0;

    protected override double[] Measured()
    {
        s_channel.Publish(0);
        return [s_channel.Listeners + Subjects.Alive()];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        FarePanel panel = new();
        s_channel.Listen(panel);
        s_channel.Publish(20 + (number % 9));
        Subjects.Add(panel);
    }
}

internal interface IFareListener
{
    void OnFare(decimal fare);
}

internal sealed class FarePanel : IFareListener
{
    private readonly decimal[] _history = new decimal[32];
    private int _seen;

    public void OnFare(decimal fare) => _history[_seen++ % _history.Length] = fare;
}

internal sealed class FareChannel
{
    private readonly List<WeakReference<IFareListener>> _listeners = [];

    public int Listeners => _listeners.Count;

    public void Listen(IFareListener listener) => _listeners.Add(new WeakReference<IFareListener>(listener));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Publish(decimal fare) => _listeners.RemoveAll(reference =>
    {
        bool alive = reference.TryGetTarget(out IFareListener? listener);
        listener?.OnFare(fare);
        return !alive;
    });
}
