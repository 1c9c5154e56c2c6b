using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// A support desk that loads the profile of a caller per operation, every one a new customer, and keeps up to 500 of them. What was not
/// asked for since the hand came round last is dropped.
/// </summary>
internal sealed class CustomerProfiles : HarmlessTarget
{
    private ServiceProvider? _services;

    public override Truth Truth => Truth.Harmless(
        "The store of profiles holds at most 500 and replaces one when it is full.", "own", "Clean", "Bounded");

    protected override double Cap => ProfileStore.Most;

    public override string Build()
    {
        _services = new ServiceCollection().AddSingleton<ProfileStore>().AddSingleton<CallDesk>().BuildServiceProvider();
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_services!.GetRequiredService<CallDesk>().Answer(10_000 + number));
}

internal sealed class CustomerProfile(int customer, byte[] photo, string[] notes)
{
    public int Customer { get; } = customer;

    public byte[] Photo { get; } = photo;

    public string[] Notes { get; } = notes;

    public bool Used { get; set; } = true;
}

internal sealed class CallDesk(ProfileStore store)
{
    public CustomerProfile Answer(int customer) => store.Get(customer);
}

/// <summary>A second chance for what was used since the hand passed.</summary>
internal sealed class ProfileStore
{
    public const int Most = 500;

    private const int PhotoBytes = 2_000;

    private readonly ConcurrentDictionary<int, CustomerProfile> _profiles = new();
    private readonly int[] _ring = new int[Most];
    private readonly Lock _lock = new();
    private int _filled;
    private int _hand;

    public CustomerProfile Get(int customer)
    {
        if (_profiles.TryGetValue(customer, out CustomerProfile? known))
        {
            known.Used = true;
            return known;
        }

        CustomerProfile loaded = Load(customer);
        lock (_lock)
        {
            _ring[_filled < Most ? _filled++ : MakeRoom()] = customer;
            _profiles[customer] = loaded;
        }

        return loaded;
    }

    private int MakeRoom()
    {
        while (_profiles[_ring[_hand]].Used)
        {
            _profiles[_ring[_hand]].Used = false;
            _hand = (_hand + 1) % Most;
        }

        int free = _hand;
        _profiles.TryRemove(_ring[free], out _);
        _hand = (_hand + 1) % Most;
        return free;
    }

    private static CustomerProfile Load(int customer)
    {
        byte[] photo = RequestSeal.Of(customer);
        Array.Resize(ref photo, PhotoBytes);
        return new CustomerProfile(customer, photo, [$"calls about order {customer * 3}", "prefers mail"]);
    }
}
