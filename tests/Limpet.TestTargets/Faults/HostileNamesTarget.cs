using System.Reflection;
using System.Reflection.Emit;

namespace Limpet.TestTargets;

/// <summary>Names and output that a terminal would act on: each operation keeps 1 object of a type whose name colours the screen and
/// turns the reading direction, and each answer does the same.</summary>
/// <remarks><code>
/// static s_kept ─→ List&lt;object&gt; ─→ object[] ─→ "Evil␛[31m…"                1 per operation
/// </code></remarks>
internal sealed class HostileNamesTarget : Target
{
    private const string Colour = "\u001b[31m";
    private const string RightToLeft = "\u202e";
    private static readonly List<object> s_kept = [];
    private Type _hostile = typeof(object);

    public override string Build()
    {
        ModuleBuilder module = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Hostile"), AssemblyBuilderAccess.Run).DefineDynamicModule("Hostile");
        _hostile = module.DefineType($"Shop.Evil{Colour}{RightToLeft}\u0007Order", TypeAttributes.Public | TypeAttributes.Class).CreateType();
        return "";
    }

    public override void Operate(int number) => s_kept.Add(Activator.CreateInstance(_hostile)!);

    public override string Answer(string line, int number) => $"{Colour}{RightToLeft}{base.Answer(line, number)}";
}
