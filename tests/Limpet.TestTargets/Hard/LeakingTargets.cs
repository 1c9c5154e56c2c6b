using Limpet.TestTargets.Hard.Leaking;

namespace Limpet.TestTargets.Hard;

/// <summary>The hard targets that leak, by name.</summary>
internal static class LeakingTargets
{
    public static Dictionary<string, Func<HardTarget>> All { get; } = new(StringComparer.Ordinal)
    {
        ["auction-feed"] = () => new AuctionFeed(),
        ["audit-export"] = () => new AuditExport(),
        ["barcode-reading"] = () => new BarcodeReading(),
        ["branch-pricing"] = () => new BranchPricing(),
        ["cart-reminders"] = () => new CartReminders(),
        ["catalog-search"] = () => new CatalogSearch(),
        ["checkout-metrics"] = () => new CheckoutMetrics(),
        ["claim-intake"] = () => new ClaimIntake(),
        ["contract-revisions"] = () => new ContractRevisions(),
        ["conversion-jobs"] = () => new ConversionJobs(),
        ["currency-labels"] = () => new CurrencyLabels(),
        ["customs-forms"] = () => new CustomsForms(),
        ["device-shadows"] = () => new DeviceShadows(),
        ["freight-dispatch"] = () => new FreightDispatch(),
        ["fulfilment-steps"] = () => new FulfilmentSteps(),
        ["harbour-berths"] = () => new HarbourBerths(),
        ["invoice-outbox"] = () => new InvoiceOutbox(),
        ["job-logging"] = () => new JobLogging(),
        ["label-printing"] = () => new LabelPrinting(),
        ["ledger-queries"] = () => new LedgerQueries(),
        ["meter-sampling"] = () => new MeterSampling(),
        ["order-audit"] = () => new OrderAudit(),
        ["parcel-sorting"] = () => new ParcelSorting(),
        ["partner-documents"] = () => new PartnerDocuments(),
        ["payroll-run"] = () => new PayrollRun(),
        ["plugin-tariffs"] = () => new PluginTariffs(),
        ["price-boards"] = () => new PriceBoards(),
        ["query-diagnostics"] = () => new QueryDiagnostics(),
        ["quote-broker"] = () => new QuoteBroker(),
        ["receipt-printing"] = () => new ReceiptPrinting(),
        ["request-culture"] = () => new RequestCulture(),
        ["scanner-driver"] = () => new ScannerDriver(),
        ["seat-reservation"] = () => new SeatReservation(),
        ["shipment-tracing"] = () => new ShipmentTracing(),
        ["statement-downloads"] = () => new StatementDownloads(),
        ["statement-rendering"] = () => new StatementRendering(),
        ["stock-ticker"] = () => new StockTicker(),
        ["supplier-calls"] = () => new SupplierCalls(),
        ["surcharge-options"] = () => new SurchargeOptions(),
        ["tariff-lookup"] = () => new TariffLookup(),
        ["telemetry-ingest"] = () => new TelemetryIngest(),
        ["tenant-limiting"] = () => new TenantLimiting(),
        ["terminal-server"] = () => new TerminalServer(),
        ["thumbnail-surfaces"] = () => new ThumbnailSurfaces(),
        ["tick-tape"] = () => new TickTape(),
        ["trace-export"] = () => new TraceExport(),
        ["viewer-presence"] = () => new ViewerPresence(),
    };
}
