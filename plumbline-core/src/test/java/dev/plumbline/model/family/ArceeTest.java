package dev.plumbline.model.family;

class ArceeTest extends FamilyContractTest {

    @Override
    String family() {
        return "arcee";
    }
}
