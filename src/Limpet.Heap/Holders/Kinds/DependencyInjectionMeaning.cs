namespace Limpet.Heap.Holders.Kinds;

/// <summary>Service providers: the disposables that root and scopes keep until they are disposed themselves, singletons, scoped services.</summary>
internal sealed class DependencyInjectionMeaning : NamespaceMeaning
{
    private const string Container = "Microsoft.Extensions.DependencyInjection.";
    private const string Scope = Container + "ServiceLookup.ServiceProviderEngineScope";
    private const string Provider = Container + "ServiceProvider";

    public DependencyInjectionMeaning()
        : base(Container)
    {
    }

    /// <inheritdoc />
    protected override string Words(TracePath path, int first, int end)
    {
        for (int position = end - 1; position >= first; position--)
        {
            if (path.TypeAt(position).Name == Scope)
            {
                string owner = IsRoot(path, position) ? "the root provider" : "a scope";
                return path.LabelAt(position).Member switch
                {
                    "_disposables" => $"disposable that {owner} keeps until it is disposed",
                    "<ResolvedServices>k__BackingField" => $"service that {owner} resolved",
                    "<RootProvider>k__BackingField" or "<Engine>k__BackingField" => "service provider",
                    _ => $"part of {owner}",
                };
            }

            if (path.LabelAt(position).Member is "<Value>k__BackingField" or "_value" && path.TypeAt(position).Name.EndsWith("CallSite", StringComparison.Ordinal))
            {
                return "singleton of the service provider";
            }
        }

        return path.TypeAt(first).Name.EndsWith("ServiceCollection", StringComparison.Ordinal) ? "registered service" : "part of the service provider";
    }

    /// <summary>Whether a scope is its provider's own: reached from it, or the one that its provider refers to.</summary>
    private static bool IsRoot(TracePath path, int position)
    {
        NodeIndex scope = path.Nodes[position];
        NodeIndex provider = path.Follow(scope, "<RootProvider>k__BackingField");
        return (position > 0 && path.TypeAt(position - 1).Name == Provider)
            || (!provider.IsNone && path.Follow(provider, "<Root>k__BackingField") == scope);
    }
}
