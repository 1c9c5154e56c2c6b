#if NET9_0_OR_GREATER
using System.Reflection;
using System.Reflection.Emit;

namespace Limpet.TestTargets;

/// <summary>Types whose names are white space alone, as obfuscators make them, from an assembly on disk.</summary>
/// <remarks><code>
/// static U+2002.U+2004        ─→ U+2002[] ─→ U+2002                1 object
/// static U+2002 U+2003.U+2004 ─→ U+2002 U+2003[] ─→ U+2002 U+2003  2 objects
/// </code></remarks>
internal sealed class BlankNamesTarget : Target
{
    private const string Field = "\u2004";
    private static readonly string[] s_names = ["\u2002", "\u2002\u2003"];

    public override string Build()
    {
        PersistedAssemblyBuilder assembly = new(new AssemblyName("Blank"), typeof(object).Assembly);
        ModuleBuilder module = assembly.DefineDynamicModule("Blank");
        foreach (string name in s_names)
        {
            TypeBuilder type = module.DefineType(name, TypeAttributes.Public | TypeAttributes.Class);
            type.DefineField(Field, typeof(object), FieldAttributes.Public | FieldAttributes.Static);
            type.CreateType();
        }

        string file = Path.GetTempFileName();
        assembly.Save(file);
        foreach (Type type in Assembly.LoadFrom(file).GetTypes())
        {
            Array kept = Array.CreateInstance(type, type.Name.Length);
            for (int place = 0; place < kept.Length; place++)
            {
                kept.SetValue(Activator.CreateInstance(type), place);
            }

            type.GetField(Field)!.SetValue(null, kept);
        }

        File.Delete(file);
        return "";
    }
}
#endif
