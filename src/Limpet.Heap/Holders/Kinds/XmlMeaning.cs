namespace Limpet.Heap.Holders.Kinds;

/// <summary>XML trees: a leaf holds its parent, and so the whole document.</summary>
internal sealed class XmlMeaning : MemberTable
{
    public XmlMeaning()
        : base("System.Xml.")
    {
        Holds("Linq.XObject", "parent", "parent in the XML tree");
        Holds("Linq.XObject", "annotations", "annotation of the XML node");
        Holds("Linq.XNode", "next", "next node in the XML tree");
        Holds("Linq.XContainer", "content", "content of the XML element");
        Holds("Linq.XElement", "lastAttr", "attribute of the XML element");
        Holds("Linq.XElement", "name", "name of the XML element");
        Holds("XmlNode", "parentNode", "parent in the XML tree");
        Holds("XmlLinkedNode", "next", "next node in the XML tree");
        Holds("XmlElement", "_lastChild", "child in the XML tree");
        Holds("XmlDocument", "_lastChild", "child in the XML tree");
        Inside("XmlElement", "_attributes", "attributes of the XML element");
        Inside("XmlNamedNodeMap", "nodes._field", "attributes of the XML element");
        Holds("XmlNamedNodeMap", "parent", "XML element of the attributes");
        Holds("XmlAttribute", "_lastChild", "value of the XML attribute");
    }
}
