using Limpet.Text;

namespace Limpet.Resources;

/// <summary>What a change is called in a message: its kind where the name does not say it, and the name.</summary>
internal static class ChangeNames
{
    public static string Of(ResourceChange change)
    {
        string name = Escaping.Show(change.Name);
        return change.Kind switch
        {
            ResourceKind.Thread => $"thread \"{name}\"",
            ResourceKind.Timer => $"timer: {name}",
            ResourceKind.LoadContext => $"load context {name}",
            ResourceKind.DynamicAssembly => $"dynamic assembly {name}",
            ResourceKind.ChildProcess => $"process {name}",
            ResourceKind.MappedFile => $"mapped file {name}",
            _ => name,
        };
    }
}
