package dev.plumbline.model.family;

class Ernie45Test extends FamilyContractTest {

    @Override
    String family() {
        return "ernie4_5";
    }
}
