namespace Limpet.Heap.Holders.Kinds;

/// <summary>Assemblies that can be unloaded, and what keeps them loaded.</summary>
internal sealed class LoadContextMeaning : MemberTable
{
    private const string Loaded = "keeps its unloadable assembly loaded";

    public LoadContextMeaning()
        : base("System.")
    {
        Elements("Reflection.LoaderAllocator", "m_slots", "static field or handle of an unloadable assembly");
        Inside("Reflection.LoaderAllocator", "m_methodInstantiations", "methods of an unloadable assembly");
        Holds("RuntimeType", "m_keepalive", Loaded);
        Holds("Reflection.RuntimeAssembly", "m_syncRoot", Loaded);
        Holds("Reflection.RuntimeMethodInfo", "m_keepalive", Loaded);
        Holds("RuntimeMethodInfoStub", "m_keepalive", Loaded);
        Holds("Reflection.RtFieldInfo", "m_declaringType|m_reflectedTypeCache", "type of an unloadable assembly");
        Holds("Runtime.Loader.AssemblyLoadContext", "_unloading", "event Unloading of the load context");
        Holds("Runtime.Loader.AssemblyLoadContext", "_resolving", "event Resolving of the load context");
        Holds("Runtime.Loader.AssemblyLoadContext", "_resolvingUnmanagedDll", "event ResolvingUnmanagedDll of the load context");
    }
}
