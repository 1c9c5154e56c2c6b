using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>A web server on loopback, with nothing but routes: the far end of the programs that speak HTTP.</summary>
internal static class LoopbackSite
{
    /// <summary>Starts it and returns its address.</summary>
    /// <param name="port">0 for any that is free.</param>
    /// <param name="services">What its routes need.</param>
    /// <param name="map">Adds its routes.</param>
    public static Uri Start(int port, Action<IServiceCollection> services, Action<WebApplication> map)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddRoutingCore();
        services(builder.Services);
        WebApplication site = builder.Build();
        map(site);
        site.StartAsync().GetAwaiter().GetResult();
        return new Uri(site.Urls.Single());
    }

    public static Uri Start(string path, RequestDelegate answer) => Start(0, static _ => { }, site => site.Map(path, answer));
}
