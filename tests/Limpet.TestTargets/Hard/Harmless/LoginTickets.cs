using System.Runtime.CompilerServices;
using Microsoft.Extensions.Caching.Memory;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Signs two users in per operation and keeps their tickets in a memory cache, which drops them when nobody has used them for two seconds.
/// Nothing limits their number but time.
/// </summary>
internal sealed class LoginTickets : HarmlessTarget
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(15);

    private readonly TicketOffice _office = new();

    public override Truth Truth => Truth.Harmless(
        "Tickets expire two seconds after they were used last, and the cache looks for expired ones twice a second.",
        "Microsoft.Extensions.Caching.Memory", "Clean", "Bounded");

    protected override double Cap => 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        Subjects.Add(_office.SignIn($"web-{number}"));
        Subjects.Add(_office.SignIn($"app-{number}"));
        _office.IsSignedIn($"web-{number - 1}");
    }

    /// <summary>All must go by themselves once nobody signs in; a question sets off the cache's own search.</summary>
    protected override double[] Measured()
    {
        SpinWait.SpinUntil(() => !_office.IsSignedIn("nobody") && _office.Count == 0, s_deadline);
        Settling.Settle();
        return base.Measured();
    }
}

internal sealed class LoginTicket(string user)
{
    private readonly byte[] _claims = new byte[400];

    public string User { get; } = user;

    public int Size => _claims.Length;
}

internal sealed class TicketOffice
{
    private static readonly TimeSpan s_unused = TimeSpan.FromSeconds(2);

    private readonly MemoryCache _tickets = new(new MemoryCacheOptions { ExpirationScanFrequency = TimeSpan.FromMilliseconds(500) });

    public int Count => _tickets.Count;

    public LoginTicket SignIn(string user) =>
        _tickets.Set(user, new LoginTicket(user), new MemoryCacheEntryOptions { SlidingExpiration = s_unused });

    public bool IsSignedIn(string user) => _tickets.TryGetValue(user, out _);
}
