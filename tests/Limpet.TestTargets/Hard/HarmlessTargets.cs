using Limpet.TestTargets.Hard.Harmless;

namespace Limpet.TestTargets.Hard;

/// <summary>The hard targets that look as if they leaked, by name.</summary>
internal static class HarmlessTargets
{
    public static Dictionary<string, Func<HardTarget>> All { get; } = new(StringComparer.Ordinal)
    {
        // Caches that fill slowly and have a cap.
        ["route-quotes"] = () => new RouteQuotes(),
        ["lane-tariffs"] = () => new LaneTariffs(),
        ["customer-profiles"] = () => new CustomerProfiles(),
        ["access-journal"] = () => new AccessJournal(),
        ["catalog-site"] = () => new CatalogSite(),
        ["sorting-belts"] = () => new SortingBelts(),
        ["returns-inbox"] = () => new ReturnsInbox(),
        ["freight-maps"] = () => new FreightMaps(),
        ["label-rendering"] = () => new LabelRendering(),
        ["tenant-warmup"] = () => new TenantWarmup(),
        ["gazetteer-search"] = () => new GazetteerSearch(),

        // What the framework or a package keeps, to an end.
        ["mail-triage"] = () => new MailTriage(),
        ["scoring-models"] = () => new ScoringModels(),
        ["order-import"] = () => new OrderImport(),
        ["portal-export"] = () => new PortalExport(),
        ["price-formulas"] = () => new PriceFormulas(),
        ["store-metrics"] = () => new StoreMetrics(),
        ["shop-log"] = () => new ShopLog(),
        ["dispatch-log"] = () => new DispatchLog(),
        ["carrier-booking"] = () => new CarrierBooking(),
        ["monthly-statements"] = () => new MonthlyStatements(),

        // Pools.
        ["invoice-printing"] = () => new InvoicePrinting(),
        ["terminal-sessions"] = () => new TerminalSessions(),
        ["settlement-links"] = () => new SettlementLinks(),
        ["status-dashboard"] = () => new StatusDashboard(),

        // What goes with time.
        ["login-tickets"] = () => new LoginTickets(),
        ["exchange-rates"] = () => new ExchangeRates(),
        ["payment-reminders"] = () => new PaymentReminders(),
        ["supplier-offers"] = () => new SupplierOffers(),
        ["carrier-tracking"] = () => new CarrierTracking(),
        ["guest-baskets"] = () => new GuestBaskets(),
        ["api-quotas"] = () => new ApiQuotas(),
        ["nightly-sync"] = () => new NightlySync(),

        // Churn and saw-teeth.
        ["photo-thumbnails"] = () => new PhotoThumbnails(),
        ["statement-export"] = () => new StatementExport(),
        ["shipment-batches"] = () => new ShipmentBatches(),
        ["journal-closing"] = () => new JournalClosing(),
        ["basket-totals"] = () => new BasketTotals(),

        // What is let go as it should be.
        ["notice-drafts"] = () => new NoticeDrafts(),
        ["stock-alerts"] = () => new StockAlerts(),
        ["departure-fares"] = () => new DepartureFares(),
        ["product-views"] = () => new ProductViews(),
        ["checkout-scopes"] = () => new CheckoutScopes(),
        ["trading-screens"] = () => new TradingScreens(),
        ["order-feed"] = () => new OrderFeed(),
        ["surcharge-plugins"] = () => new SurchargePlugins(),
        ["scanned-documents"] = () => new ScannedDocuments(),
    };
}
