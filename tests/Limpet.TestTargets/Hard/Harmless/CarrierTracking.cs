using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Asks a carrier's site where a parcel is, by a client from the factory for each operation. The factory makes a new handler every second, with connections
/// of its own; the old ones are let go when nobody refers to them, which the factory looks at every ten seconds.
/// </summary>
internal sealed class CarrierTracking : HarmlessTarget
{
    private ServiceProvider? _services;

    public override Truth Truth => Truth.Harmless(
        "Handlers that have expired wait for the factory's cleanup, at most ten seconds, and there is one a second.", "Microsoft.Extensions.Http", "Clean", "Bounded");

    /// <summary>Handlers of some twenty seconds: a self-check takes no longer, and a handler that is due waits for a collection as well.</summary>
    protected override double Cap => 25;

    protected override double Slack => 12;

    public override string Build()
    {
        Uri site = LoopbackSite.Start("/parcels/{number}", static context => context.Response.WriteAsync("in transit"));
        ServiceCollection services = new();
        services.AddTransient<HandlerWatch>();
        services.AddHttpClient<ParcelTracking>(client => client.BaseAddress = site)
            .AddHttpMessageHandler<HandlerWatch>()
            .SetHandlerLifetime(TimeSpan.FromSeconds(1));
        _services = services.BuildServiceProvider();
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _services!.GetRequiredService<ParcelTracking>().WhereIsAsync(number).GetAwaiter().GetResult();

    /// <summary>Lasts long enough for handlers to expire: a self-check is about as fast as the machine.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected override void Drive(int first)
    {
        long start = Environment.TickCount64;
        for (int number = first; Environment.TickCount64 - start < 8_000; number++)
        {
            Operate(number);
        }
    }
}

internal sealed class ParcelTracking(HttpClient client)
{
    public Task<string> WhereIsAsync(int parcel) => client.GetStringAsync(new Uri($"parcels/{parcel}", UriKind.Relative));
}

internal sealed class HandlerWatch : DelegatingHandler
{
    public HandlerWatch() => Subjects.Add(this);
}
