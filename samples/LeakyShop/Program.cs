using System.Globalization;
using Shop;

const string defaultAddress = "http://127.0.0.1:5117";

// `--fixed` is a bare flag; the command-line configuration provider would take the next argument as its value.
WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = [.. args.Where(argument => argument != "--fixed")],
    ContentRootPath = AppContext.BaseDirectory,
});

if (args.Contains("--fixed"))
{
    builder.Configuration["Shop:Fixed"] = bool.TrueString;
}

if (string.IsNullOrEmpty(builder.Configuration["urls"]))
{
    builder.WebHost.UseUrls(defaultAddress);
}

ShopOptions options = builder.Configuration.GetSection("Shop").Get<ShopOptions>() ?? new ShopOptions();

builder.Services.AddSingleton(options);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<IProductCatalog, ProductCatalog>();
builder.Services.AddSingleton<IPriceList, PriceCache>();
builder.Services.AddSingleton<IOrderBook, OrderBook>();
builder.Services.AddSingleton<IPriceFeed, PriceFeed>();
builder.Services.AddHostedService<PriceTicker>();

WebApplication app = builder.Build();

app.MapGet("/health", () => TypedResults.Ok("open"));
app.MapProducts();
app.MapPrices();
app.MapOrders(options);

await app.StartAsync();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Shop is open on {app.Urls.First()}"));
await app.WaitForShutdownAsync();
